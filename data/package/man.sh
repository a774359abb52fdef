#!/bin/sh
# usage: man.sh SCDOC GZIP FOLDER – turns FOLDER/LANGUAGE/NAME.N.scd into NAME.N.gz
set -eu
for page in "$3"/*/*.scd; do
  "$1" <"$page" >"${page%.scd}"
  "$2" -9nf "${page%.scd}"
  rm "$page"
done
