package qualification

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// products are optional: a company may publish none.
var products = every(productType)

var catalogControls = []DesignControl{
	{
		Control: preventive("GXP-CAT-001", "A product launches exactly the template that was committed",
			"If the published template is not the reviewed one, review and qualification concern something else.",
			"ARCH-S2", "ARCH-S5", "CFR-11.10(a)", "A11-4", "A11-10"),
		Judge: judge(products, optional,
			property("provisioningArtifactParameters.type").is("CLOUD_FORMATION_TEMPLATE"),
			launchesCommittedTemplate),
	},
	{
		Control: preventive("GXP-CAT-002", "Every product is launched through a portfolio",
			"Developers see, and are limited to, what a portfolio offers them.",
			"ARCH-S2", "ARCH-S4", "ARCH-S6", "CFR-11.10(f)"),
		Judge: judge(products, optional,
			with(productAssociationType, "productId", property("portfolioId").refersTo(portfolioType))),
	},
	{
		Control: preventive("GXP-CAT-003", "Products and their templates outlive the program",
			"What was launched from a product can no longer be updated once the product is gone.",
			"ARCH-S2", "CFR-11.10(k)", "A11-4"),
		Judge: judge(every(productType, objectType).in("catalog"), optional, protected, retained),
	},
}

// launchesCommittedTemplate holds for a product whose first version is an object
// of this stack, stored under the digest of its content, and which names the
// digest in its description, where it can be compared later.
func launchesCommittedTemplate(g *Graph, product *Resource) []Finding {
	const artifact = "provisioningArtifactParameters"
	wrong := func(property, problem, fix string) []Finding {
		return []Finding{{Resource: product.URN, Property: artifact + "." + property, Problem: problem, Fix: fix}}
	}
	at, says := product.Get(artifact+".templateUrl"), product.Get(artifact+".description")
	if at.Unknown() || says.Unknown() {
		return []Finding{open(product, artifact)}
	}
	url, _ := at.Text()
	template := storedAt(g, url)
	if template == nil {
		return wrong("templateUrl", "is "+at.String()+", which is no object of this stack",
			"publish the template through the catalog's own bucket")
	}
	content := template.Get("content")
	if content.Unknown() {
		return []Finding{open(template, "content")}
	}
	text, _ := content.Text()
	digest := sha256.Sum256([]byte(text))
	want := hex.EncodeToString(digest[:])
	if !strings.Contains(url, want) {
		return wrong("templateUrl", "is not stored under the digest of its content, "+want,
			"store the template under a key that holds its SHA-256 digest")
	}
	if !says.Is("sha256:" + want) {
		return wrong("description", "is "+says.String()+", must be sha256:"+want, "describe the version by its digest")
	}
	return nil
}

// storedAt is the object that a URL of S3 leads to, or nil.
func storedAt(g *Graph, url string) *Resource {
	for _, object := range g.OfType(objectType) {
		key, known := object.Get("key").Text()
		bucket, _ := object.Get("bucket").Text()
		if known && bucket != "" && strings.HasSuffix(url, "/"+key) && strings.Contains(url, bucket) {
			return object
		}
	}
	return nil
}
