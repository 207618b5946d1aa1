@echo off
rem welfaregraph @VERSION@ を、インターネットのない Windows に入れる。
rem 使い方: install.bat [入れる場所]     （既定: %USERPROFILE%\welfaregraph）
setlocal
set "HERE=%~dp0"
set "TARGET=%~1"
if "%TARGET%"=="" set "TARGET=%USERPROFILE%\welfaregraph"
set "PY=py -3"
%PY% -V >nul 2>nul || set "PY=python"
%PY% -V >nul 2>nul || (
  echo Python が見つかりません。Python 3.11 以降を入れてから、もう一度実行してください。
  exit /b 1
)
%PY% -c "import sys; sys.exit(sys.version_info < (3, 11))" || (
  echo Python 3.11 以降が必要です。
  exit /b 1
)
%PY% -m venv "%TARGET%" || exit /b 1
"%TARGET%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%HERE%wheels" welfaregraph==@VERSION@ || (
  echo 入れられませんでした。フォルダー全体をコピーし直してください。
  exit /b 1
)
"%TARGET%\Scripts\welfaregraph.exe" --version
echo 入りました。使うには: %TARGET%\Scripts\welfaregraph.exe
endlocal
