#!/usr/bin/env bash
# Apache httpd over a folder with a .htaccess, as /welfaregraph/: PORT, FOLDER, WORK.
set -euo pipefail
port=$1 folder=$2 work=$3
modules=/usr/lib/apache2/modules
cat >"$work/httpd.conf" <<CONF
ServerRoot "$work"
ServerName localhost
Listen 127.0.0.1:$port
PidFile $work/httpd.pid
ErrorLog $work/error.log
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule mime_module $modules/mod_mime.so
LoadModule dir_module $modules/mod_dir.so
LoadModule alias_module $modules/mod_alias.so
LoadModule headers_module $modules/mod_headers.so
LoadModule rewrite_module $modules/mod_rewrite.so
LoadModule negotiation_module $modules/mod_negotiation.so
TypesConfig /etc/mime.types
DocumentRoot "$work/root"
<Directory />
  Require all granted
  AllowOverride All
  Options FollowSymLinks
</Directory>
CONF
mkdir "$work/root"
ln -s "$folder" "$work/root/welfaregraph"
exec apache2 -f "$work/httpd.conf" -DFOREGROUND
