# shellcheck shell=bash
# What the scripts of this folder share; sourced, never run.

# The services are the folders with a manage.py.
manage=("${BASH_SOURCE[0]%/*}"/../*/manage.py)
manage=("${manage[@]%/manage.py}")
export SERVICES="${manage[*]##*/}"

# Set ENVIRONMENT, STACK and what .swarm/<environment>.env says; what is set already wins.
load_environment() {
  ENVIRONMENT=$1
  STACK="kade-$ENVIRONMENT"
  local file="${BASH_SOURCE[0]%/*}/$ENVIRONMENT.env" line name
  [ -f "$file" ] || stop "environment '$ENVIRONMENT' unknown: there is no $file"
  while read -r line; do
    case $line in "" | "#"*) continue ;; esac
    name=${line%%=*}
    [ -n "${!name:-}" ] || export "${line?}"
  done <"$file"
  export ENVIRONMENT STACK
}

# Set each image from a file that the push wrote, by its digest; IMAGES has their names.
load_images() {
  local line
  IMAGES=()
  [ -f "$1" ] || stop "no file '$1' with images: .jenkins/push writes it"
  while read -r line; do
    case $line in
    *_IMAGE=*@sha256:*) export "${line?}" && IMAGES+=("${line%%=*}") ;;
    *) stop "'$line' in $1 is no NAME_IMAGE=repository@sha256:digest" ;;
    esac
  done <"$1"
}

# Set `server` to the container of the primary of an environment; after a promotion that is
# one of a replica.
find_database() { # ENVIRONMENT
  if [ "$1" = compose ]; then
    server=$(docker compose ps --quiet postgres)
  else
    load_environment "$1"
    find_server postgres
    [ -n "$server" ] || find_promoted
  fi
  [ -n "$server" ] || stop "no primary of PostgreSQL of $1 runs on this node"
}

find_server() { # NAME in database.yml: set `server` to its container on this node, if any
  server=$(beside_database ps --quiet \
    --filter "label=com.docker.swarm.service.name=${STACK}-database_$1" | head -1)
}

find_promoted() {
  find_server postgres_replica
  [ -z "$server" ] || [ "$(is_replica)" = f ] || server=
}

is_replica() { sql postgres <<<"SELECT pg_is_in_recovery()"; }

# Docker on the node of that server: DATABASE_CONTEXT, where that is another one.
beside_database() { DOCKER_CONTEXT=${DATABASE_CONTEXT:-${DOCKER_CONTEXT:-}} docker "$@"; }

in_database() { beside_database exec --interactive "$server" "$@"; } # PROGRAM ARGUMENTS

sql() { # DATABASE [NAME=VALUE ...]: run what is on standard input
  local database=$1 variable variables=()
  shift
  for variable in "$@"; do variables+=(--set "$variable"); done
  in_database psql --username postgres --dbname "$database" --no-psqlrc --quiet \
    --tuples-only --no-align --set ON_ERROR_STOP=1 "${variables[@]}"
}

# How long a server, or old tasks, may take for what they were asked.
PATIENCE_SECONDS=${PATIENCE_SECONDS:-120}

wait_until() { # COMPLAINT DATABASE [NAME=VALUE ...]: the question is on standard input
  local complaint=$1 question deadline=$((SECONDS + PATIENCE_SECONDS))
  shift
  question=$(cat)
  until [ "$(sql "$@" <<<"$question")" = t ]; do
    [ "$SECONDS" -lt "$deadline" ] || stop "$complaint"
    sleep 1
  done
}

# What was numbered by a database that is lost had its numbers given out: in addresses, in
# ETags and for what web processes remember (ADR 0034). None of them is given out again.
skip_numbers() { # DATABASE GIVEN: the highest number that is known to be given out, or 0
  sql "$1" "given=$2" >/dev/null <<'SQL'
BEGIN READ WRITE;
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass,
              greatest(coalesce(last_value, start_value), :given) + 100000)
  FROM pg_sequences;
COMMIT;
SQL
}

random() { head -c 32 /dev/urandom | base64 --wrap 0 | tr '+/' '-_' | tr -d '='; }

create_secret() { docker secret create "$1" - >/dev/null; } # NAME: the value is on standard input

exists_secret() { docker secret inspect "$1" >/dev/null 2>&1; }

# The secrets with which a service finds its database. Reading goes on from a replica while
# the primary is away; rows come from replicas.
export URLS="database-url rows-database-url"
url_of() { # KIND SERVICE ROLE PASSWORD
  local account="postgresql://$3:$4" shared="target_session_attrs=prefer-standby&load_balance_hosts=random"
  case $1 in
  database-url) printf %s "$account@postgres:5432,postgres_replica:5432/$2" ;;
  rows-database-url) printf %s "$account@postgres_replica:5432,postgres:5432/$2?$shared" ;;
  esac
}

stop() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# Print the comment that heads the script: its --help.
help() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
  exit 0
}
