package integrity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// HeadSuffix ends the name of a file that lies beside a copy of an object and
// holds what `aws s3api head-object` prints about it.
const HeadSuffix = ".head.json"

// folder is a copy of an archive on disk.
type folder struct {
	bucket string
	root   fs.FS
}

// NewFolder returns the store of a copy of the bucket on disk, with the keys of
// objects as the paths of files. A copy has no metadata; what stands in a file
// named after the object and [HeadSuffix] is taken for it. Links out of the
// folder are not followed.
func NewFolder(bucket, directory string) (Store, error) {
	info, err := os.Stat(directory)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", directory)
	}
	root, err := os.OpenRoot(directory)
	if err != nil {
		return nil, err
	}
	return &folder{bucket: bucket, root: root.FS()}, nil
}

// Bucket implements [Store].
func (f *folder) Bucket() string { return f.bucket }

// Folders implements [Store].
func (f *folder) Folders(_ context.Context, prefix string) ([]string, error) {
	entries, err := fs.ReadDir(f.root, strings.TrimSuffix(prefix, "/"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name()+"/")
		}
	}
	return names, err
}

// List implements [Store].
func (f *folder) List(ctx context.Context, prefix string, visit func(Item) error) error {
	err := fs.WalkDir(f.root, strings.TrimSuffix(prefix, "/"), func(name string, e fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || e.IsDir() || strings.HasSuffix(name, HeadSuffix) {
			return err
		}
		head, err := f.head(name)
		if err != nil {
			return err
		}
		return visit(Item{Key: name, Modified: head.Modified})
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Open implements [Store].
func (f *folder) Open(_ context.Context, key string) (*Object, error) {
	if !fs.ValidPath(key) {
		return nil, fmt.Errorf("%q is no path below the folder", path.Clean(key))
	}
	file, err := f.root.Open(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", key, ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	head, err := f.head(key)
	if err != nil {
		file.Close()
		return nil, err
	}
	return &Object{Info: head, Body: file}, nil
}

// State implements [Store]. A copy has no configuration.
func (f *folder) State(context.Context) (BucketState, error) {
	return BucketState{}, errors.New("a copy on disk has no configuration of a bucket")
}

// head reads what is known about an object beside its content.
func (f *folder) head(key string) (Info, error) {
	data, err := fs.ReadFile(f.root, key+HeadSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return Info{}, nil
	}
	if err != nil {
		return Info{}, err
	}
	var head struct {
		LastModified              time.Time
		Metadata                  map[string]string
		ObjectLockMode            string
		ObjectLockRetainUntilDate time.Time
		ReplicationStatus         string
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return Info{}, fmt.Errorf("%s: %w", key+HeadSuffix, err)
	}
	if head.Metadata == nil {
		head.Metadata = map[string]string{}
	}
	return Info{
		Metadata: head.Metadata, Modified: head.LastModified,
		LockMode: head.ObjectLockMode, RetainUntil: head.ObjectLockRetainUntilDate,
		ReplicationStatus: head.ReplicationStatus,
	}, nil
}
