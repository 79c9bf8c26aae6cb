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
    primary=$(docker ps --quiet \
      --filter "label=com.docker.swarm.service.name=${STACK}-database_postgres" | head -1)
  fi
  [ -n "$primary" ] || stop "no PostgreSQL of $1 runs on this node"
}

in_database() { docker exec --interactive "$primary" "$@"; } # PROGRAM ARGUMENTS

stop() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# Print the comment that heads the script: its --help.
help() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
  exit 0
}
