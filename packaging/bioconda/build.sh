#!/usr/bin/env bash
set -euo pipefail

export CARGO_PROFILE_RELEASE_STRIP=symbols
cargo-bundle-licenses --format yaml --output THIRDPARTY.yml
cargo install --no-track --locked --verbose --root "$PREFIX" --path .

"$PREFIX/bin/hemoclone" man --output "$PREFIX/share/man/man1"
rm -f "$PREFIX/share/man/man1/.hemoclone.lock"
mkdir -p "$PREFIX"/share/{bash-completion/completions,fish/vendor_completions.d,zsh/site-functions}
"$PREFIX/bin/hemoclone" completions bash >"$PREFIX/share/bash-completion/completions/hemoclone"
"$PREFIX/bin/hemoclone" completions fish >"$PREFIX/share/fish/vendor_completions.d/hemoclone.fish"
"$PREFIX/bin/hemoclone" completions zsh >"$PREFIX/share/zsh/site-functions/_hemoclone"
