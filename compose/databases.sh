#!/usr/bin/env bash
# Make a role and a database for each name of $SERVICES; run once, by the image of
# PostgreSQL, when the cluster is new. A role owns its database and sees no other.
set -euo pipefail

for service in $SERVICES; do
  psql --username postgres --no-psqlrc --set ON_ERROR_STOP=1 --set name="$service" <<'SQL'
\set password `cat /keys/database/:'name'`
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
