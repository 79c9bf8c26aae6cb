#!/usr/bin/env bash
# Make the role that replicas copy with; run once, by the image of PostgreSQL, when the
# cluster is new.
set -euo pipefail

psql --username postgres --no-psqlrc --set ON_ERROR_STOP=1 <<'SQL'
\set password `cat /keys/replication`
CREATE ROLE replication LOGIN REPLICATION PASSWORD :'password';
SQL
