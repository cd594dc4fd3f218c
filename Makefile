# Every target installs what it needs into .tools and reuses what is there.
# `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

TOOLS          := $(CURDIR)/.tools
PULUMI_VERSION := $(shell awk '$$1 == "github.com/pulumi/pulumi/sdk/v3" {print substr($$2, 2)}' go.mod)
PULUMI_STAMP   := $(TOOLS)/pulumi-$(PULUMI_VERSION)
VENV           := $(TOOLS)/venv
NODE           := $(TOOLS)/node
GO_FILES       := $(shell find . -name '*.go' -not -path './.tools/*')

export GXP_PROJECT := $(CURDIR)

.PHONY: help
help: ## Show the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: rehearse
rehearse: bin/gxp pulumi ## Deploy the whole organization on the real engine against an offline AWS.
	bin/gxp rehearse $(ARGS)

.PHONY: check
check: bin/gxp ## Run the controls on the rendered production stack.
	bin/gxp check $(ARGS)

.PHONY: test
test: bin/gxp pulumi python node ## Run every test, those that need more than Go included.
	GXP_REQUIRE_TOOLS=1 go test -timeout 20m ./... $(ARGS)
	bin/gxp check --evaluation require

.PHONY: bench
bench: bin/gxp pulumi ## Measure time and memory for 0 to 1,000 added accounts, against an empty program.
	bin/gxp bench $(ARGS)

.PHONY: lint
lint: python $(TOOLS)/bin/staticcheck $(TOOLS)/bin/gocyclo ## Check formatting, vet, staticcheck, complexity and templates.
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "not formatted: $$unformatted"; exit 1; }
	go vet ./...
	$(TOOLS)/bin/staticcheck ./...
	$(TOOLS)/bin/gocyclo -over 18 -ignore '_test' .
	$(VENV)/bin/cfn-lint catalog/products/*/template.yaml landingzone/baseline/*.yaml

.PHONY: functions
functions: ## Build the code of the Lambda functions into dist/.
	go run ./internal/asset/build

.PHONY: functions-lock
functions-lock: ## Record the digests of the functions' code; review the difference.
	go test ./internal/asset -run LockRecords -update

.PHONY: update
update: ## Rewrite the golden files and generated documents; review the difference.
	go test ./... -run 'Golden|Current|Ledger' -update

.PHONY: tools
tools: pulumi python node ## Install the pinned tools that the other targets use.

.PHONY: clean
clean: ## Remove what was built, the tools included.
	rm -rf bin dist $(TOOLS)

bin/gxp: go.mod go.sum $(GO_FILES) $(wildcard catalog/products/*/*.yaml logging/queries/*.sql qualification/*.yaml landingzone/baseline/*.yaml internal/asset/functions.lock)
	go build -o $@ ./cmd/gxp

# A pulumi of the right version on the PATH is used; otherwise one is built
# from its pinned module, which takes a few minutes once.
.PHONY: pulumi
pulumi:
	@if [ "$$(pulumi version 2>/dev/null)" = "v$(PULUMI_VERSION)" ] || [ -f $(PULUMI_STAMP) ]; then exit 0; fi; \
	$(MAKE) --no-print-directory $(PULUMI_STAMP)

$(PULUMI_STAMP): tools/go.mod tools/go.sum
	@echo "building the Pulumi CLI $(PULUMI_VERSION); this takes a few minutes, once"
	cd tools && go build -o $(TOOLS)/bin/pulumi \
		-ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$(PULUMI_VERSION)" \
		github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
	@rm -f $(TOOLS)/pulumi-* && touch $@

.PHONY: python
python: $(VENV)/.installed

$(VENV)/.installed: tools/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r tools/requirements.txt
	@touch $@

# Installed beside the sources, not among them, without scripts of packages.
.PHONY: node
node: $(NODE)/.installed

$(NODE)/.installed: tools/evaluate/package.json tools/evaluate/package-lock.json
	@mkdir -p $(NODE)
	cp tools/evaluate/package.json tools/evaluate/package-lock.json $(NODE)
	cd $(NODE) && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

$(TOOLS)/bin/staticcheck: tools/go.mod tools/go.sum
	cd tools && go build -o $@ honnef.co/go/tools/cmd/staticcheck

$(TOOLS)/bin/gocyclo: tools/go.mod tools/go.sum
	cd tools && go build -o $@ github.com/fzipp/gocyclo/cmd/gocyclo
