# The two commands of the README are `make demo` and `make test`; the rest is for developers and CI.

CARGO ?= cargo
OUT ?= demo-out
THREADS ?= 2
DEMO := testdata/demo
GOLDEN := $(DEMO)/expected
READS := testdata/alignments

RELEASE := $(or $(CARGO_TARGET_DIR),target)/release/hemoclone

.PHONY: help demo test ci bench deps golden generated clean-demo release-check

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: deps ## Analyze the bundled samples into demo-out/ and say where the reports are
	@[ -x $(RELEASE) ] || echo "Building hemoclone and what it stands on: about ten minutes of two idle cores the first time, seconds from then on"
	$(CARGO) build --release --locked --bin hemoclone
	$(CARGO) run --release --locked --quiet -- analyze -s $(DEMO)/samples.csv -o $(OUT) --threads $(THREADS) --force
	$(CARGO) run --release --locked --quiet -- analyze -s $(READS)/samples.csv -f $(READS)/reference.fa.gz -L $(READS)/targets.bed \
		-o $(OUT)/alignments --threads $(THREADS) --force
	@echo
	@echo "Reports (open in a browser):"
	@for report in $(OUT)/*.html $(OUT)/alignments/*.html; do echo "  $$report"; done
	@echo "Tables: $(OUT)/summary.tsv, $(OUT)/<sample>.calls.tsv, $(OUT)/<sample>.genes.tsv; from reads also <sample>.hotspots.tsv"
	@echo "For IGV and bcftools: $(OUT)/<sample>.vcf.gz"

test: deps ## Run every test; ends with what was skipped and why, and a count
	@[ -d $(or $(CARGO_TARGET_DIR),target)/debug ] || echo "Building hemoclone and its tests: about ten minutes of two idle cores the first time"
	@CARGO="$(CARGO)" scripts/run-tests

ci: ## Everything that CI demands
	.ci/run

bench: deps ## Run the benchmarks
	$(CARGO) bench --locked

deps: ## Say what this machine lacks to build
	@CARGO="$(CARGO)" scripts/check-tools

release-check: ## Try make demo and make test on bare machines, before a release (root, debootstrap)
	scripts/release-check

golden: deps ## Write the expected demo output anew; explain every change in the commit
	rm -rf $(GOLDEN)
	$(CARGO) run --release --locked --quiet -- analyze -s $(DEMO)/samples.csv -o $(GOLDEN) --threads $(THREADS) --force --formats default,mqc
	rm -rf $(READS)/expected
	$(CARGO) run --release --locked --quiet -- analyze -s $(READS)/samples.csv -f $(READS)/reference.fa.gz -L $(READS)/targets.bed \
		-o $(READS)/expected --threads $(THREADS) --force --formats default,mqc
	rm -f $(foreach folder,$(GOLDEN) $(READS)/expected,$(folder)/*.html $(folder)/*.vcf.gz*)
	git --no-pager diff --stat -- $(GOLDEN) $(READS)/expected

generated: ## Write schemas/ and docs/output-files.md anew
	HEMOCLONE_UPDATE=1 $(CARGO) test --locked --test report_docs

clean-demo: ## Remove the demo's output
	rm -rf $(OUT)
