#!/usr/bin/env bash
# Make a role and a database for each service with a password in /keys/database; run once,
# by the image of PostgreSQL, when the cluster is new, and by hand for a new service. A role
# owns its database and sees no other; what is there already stays.
set -euo pipefail

for password in /keys/database/*; do
  service=${password##*/}
  [ "$service" != postgres ] || continue
  psql --username postgres --no-psqlrc --set ON_ERROR_STOP=1 --set name="$service" <<'SQL'
\set password `cat /keys/database/:'name'`
SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', :'name', :'password')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
