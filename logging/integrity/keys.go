package integrity

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// PublicKey is a key that CloudTrail signs digests of one region with.
type PublicKey struct {
	Fingerprint string

	// Value is the key in DER, in the form of PKCS #1; that of PKIX is read too,
	// because CloudTrail has handed out both.
	Value []byte
}

// Keys knows CloudTrail's public keys.
type Keys interface {
	// PublicKeys returns the keys that were in use in a region between two
	// times. Every region has its own.
	PublicKeys(ctx context.Context, region string, from, to time.Time) ([]PublicKey, error)
}

func (k PublicKey) parse() (*rsa.PublicKey, error) {
	if key, err := x509.ParsePKCS1PublicKey(k.Value); err == nil {
		return key, nil
	}
	parsed, err := x509.ParsePKIXPublicKey(k.Value)
	if err != nil {
		return nil, fmt.Errorf("public key %s is no key in PKCS #1 or PKIX", k.Fingerprint)
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("public key %s is not an RSA key", k.Fingerprint)
	}
	return key, nil
}

// genuine says whether the signature, in hexadecimal, is that of the digest.
func genuine(d *Digest, key *rsa.PublicKey, signature string) bool {
	raw, err := hex.DecodeString(signature)
	if err != nil {
		return false
	}
	sum := sha256.Sum256(d.signedText())
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], raw) == nil
}

// StaticKeys are public keys by region, for verifying without AWS. Those under
// the empty name are of every region.
type StaticKeys map[string][]PublicKey

// PublicKeys implements [Keys]. It leaves the choice to the fingerprint.
func (s StaticKeys) PublicKeys(_ context.Context, region string, _, _ time.Time) ([]PublicKey, error) {
	return slices.Concat(s[region], s[""]), nil
}

// keyList is what `aws cloudtrail list-public-keys` prints.
type keyList struct {
	PublicKeyList []struct {
		Value       []byte
		Fingerprint string
	}
}

// ParseKeys reads public keys as `aws cloudtrail list-public-keys` prints them:
// one such answer, or an object that has one for each region by its name.
func ParseKeys(data []byte) (StaticKeys, error) {
	var byRegion map[string]json.RawMessage
	if err := json.Unmarshal(data, &byRegion); err != nil {
		return nil, fmt.Errorf("it is no JSON object: %w", err)
	}
	if _, ok := byRegion["PublicKeyList"]; ok {
		byRegion = map[string]json.RawMessage{"": data}
	}
	keys := StaticKeys{}
	for _, region := range slices.Sorted(maps.Keys(byRegion)) {
		var list keyList
		if err := json.Unmarshal(byRegion[region], &list); err != nil {
			return nil, fmt.Errorf("the keys of %q: %w", region, err)
		}
		for _, k := range list.PublicKeyList {
			key := PublicKey{Fingerprint: strings.ToLower(k.Fingerprint), Value: k.Value}
			if _, err := key.parse(); err != nil {
				return nil, err
			}
			keys[region] = append(keys[region], key)
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("it has no public key")
	}
	return keys, nil
}

// keyring asks for the keys of each region once.
type keyring struct {
	keys     Keys
	from, to time.Time

	mu      sync.Mutex
	regions map[string]*regionKeys
}

type regionKeys struct {
	once sync.Once
	keys []PublicKey
	err  error
}

// find returns the key with the given fingerprint; nil without an error where
// CloudTrail has none.
func (r *keyring) find(ctx context.Context, region, fingerprint string) (*rsa.PublicKey, error) {
	r.mu.Lock()
	if r.regions == nil {
		r.regions = map[string]*regionKeys{}
	}
	known := r.regions[region]
	if known == nil {
		known = &regionKeys{}
		r.regions[region] = known
	}
	r.mu.Unlock()
	known.once.Do(func() { known.keys, known.err = r.keys.PublicKeys(ctx, region, r.from, r.to) })
	if known.err != nil {
		return nil, fmt.Errorf("public keys of %s: %w", region, known.err)
	}
	return pick(known.keys, fingerprint)
}

// findAt is find for a digest that was signed at another time than that of its
// name.
func (r *keyring) findAt(ctx context.Context, region, fingerprint string, at time.Time) (*rsa.PublicKey, error) {
	keys, err := r.keys.PublicKeys(ctx, region, at.Add(-time.Hour), at.Add(time.Hour))
	if err != nil {
		return nil, fmt.Errorf("public keys of %s: %w", region, err)
	}
	return pick(keys, fingerprint)
}

func pick(keys []PublicKey, fingerprint string) (*rsa.PublicKey, error) {
	for _, k := range keys {
		if k.Fingerprint == fingerprint {
			return k.parse()
		}
	}
	return nil, nil
}
