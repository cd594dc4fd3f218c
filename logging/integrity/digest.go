package integrity

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
)

// Digest is the content of a digest file.
type Digest struct {
	// Account and the interval from Start to End say which deliveries the digest
	// lists.
	Account    string
	Start, End time.Time

	// Bucket and Key are where CloudTrail put the digest. It is genuine only
	// there.
	Bucket, Key string

	// Fingerprint names the public key of the digest's signature.
	Fingerprint string

	// Previous is the digest before; nil where the chain starts.
	Previous *Link

	// Logs are the log files that were delivered in the interval.
	Logs []LogFile

	// endText is the end as the file has it, because the signature covers it.
	endText string

	// sum is the SHA-256 of the file's content, in hexadecimal.
	sum string
}

// Link identifies the digest before a digest.
type Link struct {
	Bucket, Key string

	// Sum is the SHA-256 of that digest's uncompressed content, and Signature
	// its signature, both in hexadecimal.
	Sum, Signature string
}

// LogFile is one log file that a digest lists.
type LogFile struct {
	Bucket, Key string

	// Sum is the SHA-256 of the file's uncompressed content, in hexadecimal.
	Sum string
}

// These are the only algorithms that CloudTrail has.
const (
	hashAlgorithm      = "SHA-256"
	signatureAlgorithm = "SHA256withRSA"
)

var (
	accountSyntax   = regexp.MustCompile(`^[0-9]{12}$`)
	sumSyntax       = regexp.MustCompile(`^[0-9a-f]{64}$`)
	signatureSyntax = regexp.MustCompile(`^([0-9a-f]{2})+$`)
)

// digestFile is the form of a digest file. What can be null is a pointer.
type digestFile struct {
	AWSAccountID                string        `json:"awsAccountId"`
	DigestStartTime             string        `json:"digestStartTime"`
	DigestEndTime               string        `json:"digestEndTime"`
	DigestS3Bucket              string        `json:"digestS3Bucket"`
	DigestS3Object              string        `json:"digestS3Object"`
	DigestPublicKeyFingerprint  string        `json:"digestPublicKeyFingerprint"`
	DigestSignatureAlgorithm    string        `json:"digestSignatureAlgorithm"`
	PreviousDigestS3Bucket      *string       `json:"previousDigestS3Bucket"`
	PreviousDigestS3Object      *string       `json:"previousDigestS3Object"`
	PreviousDigestHashValue     *string       `json:"previousDigestHashValue"`
	PreviousDigestHashAlgorithm *string       `json:"previousDigestHashAlgorithm"`
	PreviousDigestSignature     *string       `json:"previousDigestSignature"`
	LogFiles                    []digestFiles `json:"logFiles"`
}

type digestFiles struct {
	S3Bucket      string `json:"s3Bucket"`
	S3Object      string `json:"s3Object"`
	HashValue     string `json:"hashValue"`
	HashAlgorithm string `json:"hashAlgorithm"`
}

// ParseDigest reads the uncompressed content of a digest file. It refuses what
// CloudTrail does not write, and never looks at a signature.
func ParseDigest(content []byte) (*Digest, error) {
	var f digestFile
	decoder := json.NewDecoder(bytes.NewReader(content))
	if err := decoder.Decode(&f); err != nil {
		return nil, fmt.Errorf("it is no JSON of a digest: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows its JSON")
	}
	sum := sha256.Sum256(content)
	d := &Digest{
		Account: f.AWSAccountID, Bucket: f.DigestS3Bucket, Key: f.DigestS3Object,
		Fingerprint: f.DigestPublicKeyFingerprint,
		endText:     f.DigestEndTime, sum: hex.EncodeToString(sum[:]),
	}
	for _, step := range []func(*digestFile) error{d.readScope, d.readPrevious, d.readLogs} {
		if err := step(&f); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *Digest) readScope(f *digestFile) (err error) {
	if !accountSyntax.MatchString(d.Account) {
		return fmt.Errorf("awsAccountId %q is no account id", d.Account)
	}
	if d.Start, err = instant(f.DigestStartTime); err != nil {
		return fmt.Errorf("digestStartTime: %w", err)
	}
	if d.End, err = instant(f.DigestEndTime); err != nil {
		return fmt.Errorf("digestEndTime: %w", err)
	}
	switch {
	case !name(d.Bucket):
		return fmt.Errorf("digestS3Bucket %q is no name", d.Bucket)
	case !name(d.Key):
		return fmt.Errorf("digestS3Object %q is no name", d.Key)
	case !name(d.Fingerprint):
		return fmt.Errorf("digestPublicKeyFingerprint %q is none", d.Fingerprint)
	case f.DigestSignatureAlgorithm != signatureAlgorithm:
		return fmt.Errorf("digestSignatureAlgorithm is %q, must be %s", f.DigestSignatureAlgorithm, signatureAlgorithm)
	}
	return nil
}

// readPrevious reads the five fields about the digest before. CloudTrail sets
// all of them or none.
func (d *Digest) readPrevious(f *digestFile) error {
	fields := []*string{
		f.PreviousDigestS3Bucket, f.PreviousDigestS3Object, f.PreviousDigestHashValue,
		f.PreviousDigestHashAlgorithm, f.PreviousDigestSignature,
	}
	set := 0
	for _, field := range fields {
		if field != nil {
			set++
		}
	}
	if set == 0 {
		return nil
	}
	if set < len(fields) {
		return fmt.Errorf("it has %d of the %d fields about the digest before", set, len(fields))
	}
	d.Previous = &Link{Bucket: *fields[0], Key: *fields[1], Sum: *fields[2], Signature: *fields[4]}
	switch {
	case !name(d.Previous.Bucket) || !name(d.Previous.Key):
		return fmt.Errorf("the place of the digest before, %q in %q, is none", d.Previous.Key, d.Previous.Bucket)
	case !sumSyntax.MatchString(d.Previous.Sum):
		return fmt.Errorf("previousDigestHashValue %q is no SHA-256", d.Previous.Sum)
	case *fields[3] != hashAlgorithm:
		return fmt.Errorf("previousDigestHashAlgorithm is %q, must be %s", *fields[3], hashAlgorithm)
	case !signatureSyntax.MatchString(d.Previous.Signature):
		return errors.New("previousDigestSignature is no signature")
	}
	return nil
}

func (d *Digest) readLogs(f *digestFile) error {
	if f.LogFiles == nil {
		return errors.New("it has no list of log files")
	}
	for i, l := range f.LogFiles {
		switch {
		case !name(l.S3Bucket) || !name(l.S3Object):
			return fmt.Errorf("logFiles[%d]: %q in %q is no place", i, l.S3Object, l.S3Bucket)
		case !sumSyntax.MatchString(l.HashValue):
			return fmt.Errorf("logFiles[%d].hashValue %q is no SHA-256", i, l.HashValue)
		case l.HashAlgorithm != hashAlgorithm:
			return fmt.Errorf("logFiles[%d].hashAlgorithm is %q, must be %s", i, l.HashAlgorithm, hashAlgorithm)
		}
		d.Logs = append(d.Logs, LogFile{Bucket: l.S3Bucket, Key: l.S3Object, Sum: l.HashValue})
	}
	return nil
}

// signedText is what CloudTrail signs: it binds the digest's end, place and
// content to the signature of the digest before.
func (d *Digest) signedText() []byte {
	previous := "null"
	if d.Previous != nil {
		previous = d.Previous.Signature
	}
	return []byte(d.endText + "\n" + d.Bucket + "/" + d.Key + "\n" + d.sum + "\n" + previous)
}

// instant reads a time in UTC as CloudTrail writes it.
func instant(text string) (time.Time, error) {
	t, err := time.Parse("2006-01-02T15:04:05Z", text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no time in UTC", text)
	}
	return t, nil
}

// longestName is the length of the longest key that S3 has.
const longestName = 1024

// name refuses what would make a line of a report, or of a signed text, look
// like two.
func name(text string) bool {
	return text != "" && len(text) <= longestName && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f })
}
