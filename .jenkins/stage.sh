# shellcheck shell=bash
# What every stage script does first: answer --help with the comment that heads it, and
# go to the root of the repository. Sourced, never run.

case ${1:-} in
-h | --help)
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
  exit 0
  ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

# The services are the folders with a manage.py.
manage=(*/manage.py)
export SERVICES="${manage[*]%/manage.py}"
# What is pushed: the images that docker-compose.yml gives a name without a tag.
images=$(sed -n 's|^ *image: kade/\([a-z0-9_]*\)$|\1|p' docker-compose.yml)
export IMAGES="${images//$'\n'/ }"

lock_of() { # IMAGE: print the lock that it is built from; a worker has more than its web
  if [ -d "$1" ]; then
    echo "$1/requirements.txt"
  else
    echo "${1%_worker}_service/requirements-files.txt"
  fi
}
