#!/usr/bin/env bash
# nginx over a publication with its own rules, as /welfaregraph/: PORT, FOLDER, WORK.
set -euo pipefail
port=$1 folder=$2 work=$3
cat >"$work/nginx.conf" <<CONF
daemon off;
$([ "$(id -u)" != 0 ] || echo "user root;")
pid $work/nginx.pid;
error_log $work/error.log;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path $work/body;
  proxy_temp_path $work/proxy;
  fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi;
  scgi_temp_path $work/scgi;
  include $folder/server/nginx-http.conf;
  server {
    listen 127.0.0.1:$port;
    root $work/root;
    include $folder/server/nginx-server.conf;
  }
}
CONF
mkdir "$work/root"
ln -s "$folder" "$work/root/welfaregraph"
exec nginx -p "$work" -c "$work/nginx.conf"
