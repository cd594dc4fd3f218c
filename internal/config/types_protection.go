package config

// Protection is how the core accounts protect data by default. Workload
// accounts get the same from the baseline.
type Protection struct {
	// VolumeKeys lists the core accounts in which a key of the company
	// encrypts new EBS volumes: management, log-archive, audit, network,
	// shared-services, backup. In the others it is the key of AWS, which
	// suffices where nothing runs. AWS charges one dollar a month for a key.
	VolumeKeys []string `json:"volumeKeys"`

	// BlockPublicBuckets keeps every bucket of the core accounts private,
	// whatever its own policy says.
	BlockPublicBuckets bool `json:"blockPublicBuckets"`
}

// Certificate is a certificate for a domain of the company, proven by a DNS
// record and renewed by AWS without anybody's help.
type Certificate struct {
	// Domain is the name that the certificate is for, such as example.com or
	// *.example.com.
	Domain string `json:"domain" jsonschema:"required"`

	// AlternativeNames are further names that the certificate is for. They lie
	// in the same hosted zone.
	AlternativeNames []string `json:"alternativeNames"`

	// HostedZoneID is the Route 53 zone, in the same account, that holds the
	// names: Z and 8 to 31 capital letters and digits.
	HostedZoneID string `json:"hostedZoneId" jsonschema:"required"`

	// Account is the core account that uses the certificate: management,
	// log-archive, audit, network, shared-services or backup.
	Account string `json:"account" jsonschema:"required"`
}
