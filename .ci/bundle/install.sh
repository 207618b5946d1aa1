#!/bin/sh
# welfaregraph @VERSION@ を、インターネットのない Linux に入れる。
# 使い方: sh install.sh [入れる場所]     （既定: $HOME/welfaregraph）
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-"$HOME/welfaregraph"}
python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null 2>&1; then
  echo "Python が見つかりません。Python 3.11 以降を入れてから、もう一度実行してください。" >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 以降が必要です（今の版: $("$python" -V 2>&1)）。PYTHON=python3.11 sh install.sh のように指定できます。" >&2
  exit 1
fi
if ! (cd "$here" && sha256sum --quiet -c SHA256SUMS); then
  echo "ファイルが壊れているか、足りません。フォルダー全体をコピーし直してください。" >&2
  exit 1
fi
"$python" -m venv "$target"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
  --find-links "$here/wheels" "welfaregraph==@VERSION@"
"$target/bin/welfaregraph" --version
echo "入りました。使うには: $target/bin/welfaregraph"
