package integrity

import (
	"context"
	"errors"
	"io"
	"time"
)

// ErrNotFound says that a store has no object under a key.
var ErrNotFound = errors.New("not found")

// Item is one line of a listing.
type Item struct {
	Key string

	// Modified is when the object was written. Zero where the store does not
	// know: a copy on disk has the time of the copying.
	Modified time.Time
}

// Info is what a store knows about an object beside its content.
type Info struct {
	// Metadata are the object's own entries, without the prefix x-amz-meta-.
	// Nil says that the store keeps none, which an empty map does not.
	Metadata map[string]string

	// Modified is as in [Item].
	Modified time.Time

	// LockMode and RetainUntil are the object's retention; empty and zero
	// without one.
	LockMode    string
	RetainUntil time.Time

	// ReplicationStatus is COMPLETED, PENDING, FAILED or REPLICA; empty where
	// the object is not subject to replication.
	ReplicationStatus string
}

// Object is an object that is being read. The reader closes its Body.
type Object struct {
	Info
	Body io.ReadCloser
}

// BucketState is the configuration of a bucket that protects its objects.
type BucketState struct {
	// Versioning is true where every version is kept.
	Versioning bool

	// LockMode and LockDays are the retention that a new object gets; empty and
	// 0 without one.
	LockMode string
	LockDays int

	// Replicas are the names of the buckets that enabled rules copy every
	// object to.
	Replicas []string
}

// Store is the archive, wherever it is. Its methods are called from several
// goroutines.
type Store interface {
	// Bucket is the name of the bucket that the archive is, or is a copy of.
	// Digests name it.
	Bucket() string

	// Folders returns the names, each with a slash at its end, of the folders
	// directly below a prefix that ends with a slash. Below a prefix that does
	// not exist there are none.
	Folders(ctx context.Context, prefix string) ([]string, error)

	// List calls visit for every object below a prefix, in the order of their
	// keys, and returns the first error of visit.
	List(ctx context.Context, prefix string, visit func(Item) error) error

	// Open returns an object, or an error that wraps [ErrNotFound].
	Open(ctx context.Context, key string) (*Object, error)

	// State returns the configuration of the bucket.
	State(ctx context.Context) (BucketState, error)
}
