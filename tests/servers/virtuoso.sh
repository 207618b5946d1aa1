#!/usr/bin/env bash
# Virtuoso over a publication: HTTP PORT, SQL PORT, FOLDER, WORK. The default graph is the union of
# the named graphs. WORK/loaded is there once everything is loaded.
set -euo pipefail
http=$1 sql=$2 folder=$3 work=$4
cat >"$work/virtuoso.ini" <<INI
[Database]
DatabaseFile = $work/v.db
ErrorLogFile = $work/v.log
LockFile = $work/v.lck
TransactionFile = $work/v.trx
xa_persistent_file = $work/v.pxa
[TempDatabase]
DatabaseFile = $work/t.db
TransactionFile = $work/t.trx
[Parameters]
ServerPort = 127.0.0.1:$sql
DirsAllowed = $folder, $work
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:$http
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
INI
virtuoso-t +foreground +configfile "$work/virtuoso.ini" >"$work/out.log" 2>&1 &
server=$!
trap 'kill "$server"; wait "$server"' TERM INT
cat >"$work/load.isql" <<SQL
DB.DBA.TTLP_MT (file_to_string_output ('$folder/dumps/welfaregraph.nq'), '', 'urn:none', 512);
DB.DBA.TTLP_MT (file_to_string_output ('$folder/dumps/derived.nq'), '', 'urn:none', 512);
checkpoint;
SQL
for _ in $(seq 60); do
  sleep 1
  if isql-vt "127.0.0.1:$sql" dba dba exec="select 1;" >"$work/isql.log" 2>&1; then
    isql-vt "127.0.0.1:$sql" dba dba "$work/load.isql" >>"$work/isql.log" 2>&1
    touch "$work/loaded"
    break
  fi
done
wait "$server"
