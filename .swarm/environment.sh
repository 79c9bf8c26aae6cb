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

# Set `primary` to the container of the primary of an environment.
find_database() { # ENVIRONMENT
  if [ "$1" = compose ]; then
    primary=$(docker compose ps --quiet postgres)
  else
    load_environment "$1"
    primary=$(beside_database ps --quiet \
      --filter "label=com.docker.swarm.service.name=${STACK}-database_postgres" | head -1)
  fi
  [ -n "$primary" ] || stop "no PostgreSQL of $1 runs on this node"
}

# Docker on the node of the primary: DATABASE_CONTEXT, where that is another one.
beside_database() { DOCKER_CONTEXT=${DATABASE_CONTEXT:-${DOCKER_CONTEXT:-}} docker "$@"; }

in_database() { beside_database exec --interactive "$primary" "$@"; } # PROGRAM ARGUMENTS

sql() { # DATABASE [NAME=VALUE ...]: run what is on standard input
  local database=$1 variable variables=()
  shift
  for variable in "$@"; do variables+=(--set "$variable"); done
  in_database psql --username postgres --dbname "$database" --no-psqlrc --quiet \
    --tuples-only --no-align --set ON_ERROR_STOP=1 "${variables[@]}"
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
