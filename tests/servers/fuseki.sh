#!/usr/bin/env bash
# Apache Jena Fuseki over a publication: PORT, FOLDER. The merge is the default graph, the named
# graphs stand beside it. FUSEKI_JAR names jena-fuseki-server-5.x.jar.
set -euo pipefail
port=$1 dumps=$2/dumps
exec java -Xmx2g -jar "$FUSEKI_JAR" --localhost --port="$port" \
  --file="$dumps/welfaregraph.ttl" --file="$dumps/welfaregraph.nq" --file="$dumps/derived.nq" /welfaregraph
