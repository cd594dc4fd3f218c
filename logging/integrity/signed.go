package integrity

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ManifestSchema names the form of a manifest.
const ManifestSchema = "gxp/log-integrity-manifest/v1"

// The algorithms of signatures, by the names that KMS has for them.
const (
	PSS   = "RSASSA_PSS_SHA_256"
	ECDSA = "ECDSA_SHA_256"
)

// Signer signs with a key that it does not give away.
type Signer interface {
	// KeyID names the key, and Algorithm is [PSS] or [ECDSA].
	KeyID() string
	Algorithm() string

	// Sign returns the signature of a SHA-256.
	Sign(ctx context.Context, sum []byte) ([]byte, error)
}

// Evidence is where results are kept.
type Evidence interface {
	// Create writes an object and fails if there is one under the key.
	Create(ctx context.Context, key string, content []byte) error
}

// Manifest binds a report to its place, and is signed.
type Manifest struct {
	Schema string `json:"schema"`

	// Report is the key of the report, SHA256 the hash of its bytes in
	// hexadecimal and Size their number.
	Report string `json:"report"`
	SHA256 string `json:"sha256"`
	Size   int    `json:"size"`

	SignedAt  time.Time `json:"signedAt"`
	KeyID     string    `json:"keyId"`
	Algorithm string    `json:"algorithm"`

	// Signature is that of the SHA-256 of the other fields, each on a line of
	// its own in this order, without a line's end after the last.
	Signature []byte `json:"signature"`
}

// signedText is what is signed.
func (m *Manifest) signedText() []byte {
	return []byte(strings.Join([]string{
		m.Schema, m.Report, m.SHA256, strconv.Itoa(m.Size), m.SignedAt.UTC().Format(time.RFC3339), m.KeyID, m.Algorithm,
	}, "\n"))
}

// Where results are kept. Reports are read as a table, one line each, so nothing
// else lies among them.
const (
	// Folder holds everything that a verification keeps.
	Folder = "integrity/"

	// Reports and Manifests are the folders of either.
	Reports   = Folder + "records/"
	Manifests = Folder + "manifests/"

	// ReportSuffix and ManifestSuffix end the names of either.
	ReportSuffix   = ".json"
	ManifestSuffix = ".sig.json"
)

// Key is the key of the report: by the day on which it was finished, and by the
// end of its interval.
func (r *Report) Key() string { return Reports + r.name() + ReportSuffix }

func (r *Report) name() string {
	return fmt.Sprintf("%s/%s-%s", r.FinishedAt.UTC().Format(dayLayout), r.To.UTC().Format(digestLayout), r.ID)
}

// ManifestKey is the key of the manifest of the report with the given key.
// Folders before it, as those of a copy on disk, stay. It reports false for a
// key that is none of a report's.
func ManifestKey(report string) (string, bool) {
	i := strings.LastIndex(report, Reports)
	name, isReport := strings.CutSuffix(report, ReportSuffix)
	if i < 0 || !isReport {
		return "", false
	}
	return name[:i] + Manifests + name[i+len(Reports):] + ManifestSuffix, true
}

// Encode returns the bytes of a report, as they are signed and kept: one line.
func (r *Report) Encode() ([]byte, error) { return encode(r) }

// encode returns JSON on one line, with its end, and with characters such as &
// as they are.
func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return b.Bytes(), err
}

// Publish signs a report and keeps it with its manifest. It returns the key of
// the report. Nothing that is there is ever overwritten.
func Publish(ctx context.Context, r *Report, signer Signer, evidence Evidence, now time.Time) (string, error) {
	content, err := r.Encode()
	if err != nil {
		return "", fmt.Errorf("encode the report: %w", err)
	}
	sum := sha256.Sum256(content)
	m := &Manifest{
		Schema: ManifestSchema, Report: r.Key(),
		SHA256: hex.EncodeToString(sum[:]), Size: len(content),
		SignedAt: now.UTC().Truncate(time.Second), KeyID: signer.KeyID(), Algorithm: signer.Algorithm(),
	}
	text := sha256.Sum256(m.signedText())
	if m.Signature, err = signer.Sign(ctx, text[:]); err != nil {
		return "", fmt.Errorf("sign the report: %w", err)
	}
	manifest, err := encode(m)
	if err != nil {
		return "", fmt.Errorf("encode the manifest: %w", err)
	}
	if err := evidence.Create(ctx, m.Report, content); err != nil {
		return "", fmt.Errorf("keep the report %s: %w", m.Report, err)
	}
	if err := evidence.Create(ctx, Manifests+r.name()+ManifestSuffix, manifest); err != nil {
		return "", fmt.Errorf("keep the manifest of %s: %w", m.Report, err)
	}
	return m.Report, nil
}

// VerifyReport checks a report against its manifest and the manifest against a
// public key in PEM, as `aws kms get-public-key` has it, and returns both. It
// needs nothing else.
func VerifyReport(report, manifest, publicKey []byte) (*Report, *Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(manifest, &m); err != nil {
		return nil, nil, fmt.Errorf("the manifest: %w", err)
	}
	if m.Schema != ManifestSchema {
		return nil, nil, fmt.Errorf("the manifest has the schema %q, not %s", m.Schema, ManifestSchema)
	}
	if err := m.verify(publicKey); err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(report)
	if len(report) != m.Size || hex.EncodeToString(sum[:]) != m.SHA256 {
		return nil, nil, errors.New("the report is not the one that was signed: its SHA-256 is another")
	}
	var r Report
	if err := json.Unmarshal(report, &r); err != nil {
		return nil, nil, fmt.Errorf("the report: %w", err)
	}
	if r.Schema != Schema {
		return nil, nil, fmt.Errorf("the report has the schema %q, not %s", r.Schema, Schema)
	}
	if m.Report != r.Key() {
		return nil, nil, fmt.Errorf("the manifest is of %s, and the report belongs at %s", m.Report, r.Key())
	}
	return &r, &m, nil
}

func (m *Manifest) verify(publicKey []byte) error {
	block, _ := pem.Decode(publicKey)
	if block == nil {
		return errors.New("the public key is no PEM")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return fmt.Errorf("the public key: %w", err)
	}
	sum := sha256.Sum256(m.signedText())
	valid := false
	switch key := key.(type) {
	case *rsa.PublicKey:
		options := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}
		valid = m.Algorithm == PSS && rsa.VerifyPSS(key, crypto.SHA256, sum[:], m.Signature, options) == nil
	case *ecdsa.PublicKey:
		valid = m.Algorithm == ECDSA && ecdsa.VerifyASN1(key, sum[:], m.Signature)
	}
	if !valid {
		return fmt.Errorf("the signature of the manifest is not that of the public key by %s", m.Algorithm)
	}
	return nil
}
