package integrity

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// download writes a copy of the archive, without anything but content.
func (a *archive) download(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for key, o := range a.objects {
		file := filepath.Join(folder, filepath.FromSlash(key))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, o.body, 0o644))
	}
	return folder
}

// head writes what `aws s3api head-object` prints about an object beside it.
func (a *archive) head(t *testing.T, folder, key string) {
	t.Helper()
	data, err := json.Marshal(map[string]any{
		"LastModified": clock(a.objects[key].info.Modified), "ContentLength": 7, "Metadata": a.objects[key].info.Metadata,
	})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, filepath.FromSlash(key))+HeadSuffix, data, 0o644))
}

func offline() Options {
	o := testOptions()
	o.Lock, o.Replication = nil, nil
	return o
}

func (a *archive) verifyFolder(t *testing.T, folder string) *Report {
	t.Helper()
	store, err := NewFolder(testBucket, folder)
	require.NoError(t, err)
	r, err := Verify(t.Context(), store, a.keys, offline())
	require.NoError(t, err)
	return r
}

func TestFolder_IsVerifiedWithoutAWS(t *testing.T) {
	a := newArchive(t)
	folder := a.download(t)
	assert.Equal(t, map[Kind]int{SignatureMissing: 4}, a.verifyFolder(t, folder).Summary.ByKind,
		"the next digest has the signature of each but the last")
	for _, c := range testChains {
		a.head(t, folder, c.digestKey(7))
	}
	r := a.verifyFolder(t, folder)
	assert.Equal(t, Pass, r.Verdict, "%+v", r.Findings)
	assert.Equal(t, 48, r.Summary.LogFilesVerified)
}

func TestFolder_TamperingIsFound(t *testing.T) {
	for name, tt := range map[string]struct {
		tamper func(*testing.T, *archive)
		want   map[Kind]int
	}{
		"an altered log file": {func(t *testing.T, a *archive) { a.alter(t, workload.logKey(2, 0), "Put", "Get") }, found(LogAltered)},
		"a removed log file":  {func(t *testing.T, a *archive) { a.remove(t, workload.logKey(2, 0)) }, found(LogMissing)},
		"an added log file": {func(t *testing.T, a *archive) {
			at := workload.delivered(4, 0)
			a.put(workload.logKeyAt(at, "forged"), nil, at, nil)
		}, found(LogUnlisted)},
		"an altered digest": {func(t *testing.T, a *archive) { a.alter(t, workload.digestKey(3), "logFiles", "logfiles") }, found(DigestAltered)},
		// It had the signature of the one before it.
		"a removed digest": {func(t *testing.T, a *archive) { a.remove(t, workload.digestKey(3)) }, found(DigestMissing, SignatureMissing)},
	} {
		t.Run(name, func(t *testing.T) {
			a := newArchive(t)
			tt.tamper(t, a)
			folder := a.download(t)
			for _, c := range testChains {
				a.head(t, folder, c.digestKey(7))
			}
			assert.Equal(t, tt.want, a.verifyFolder(t, folder).Summary.ByKind)
		})
	}
}

func TestFolder_StaysInside(t *testing.T) {
	a := newArchive(t)
	folder := a.download(t)
	outside := filepath.Join(t.TempDir(), "outside")
	require.NoError(t, os.WriteFile(outside, []byte("secret"), 0o644))
	require.NoError(t, os.Symlink(outside, filepath.Join(folder, "link")))
	store, err := NewFolder(testBucket, folder)
	require.NoError(t, err)
	for _, key := range []string{"../outside", "/etc/passwd", "link"} {
		_, err := store.Open(t.Context(), key)
		assert.Error(t, err, key)
	}
}

func TestFolder_RefusesWhatIsNone(t *testing.T) {
	_, err := NewFolder(testBucket, filepath.Join(t.TempDir(), "absent"))
	assert.ErrorIs(t, err, os.ErrNotExist)
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	_, err = NewFolder(testBucket, file)
	assert.ErrorContains(t, err, "is not a folder")
}

func TestFolder_ReportsAHeadThatIsNone(t *testing.T) {
	a := newArchive(t)
	folder := a.download(t)
	for _, c := range testChains {
		a.head(t, folder, c.digestKey(7))
	}
	broken := filepath.Join(folder, filepath.FromSlash(workload.logKey(4, 0))) + HeadSuffix
	require.NoError(t, os.WriteFile(broken, []byte("{"), 0o644))
	r := a.verifyFolder(t, folder)
	assert.Equal(t, Fail, r.Verdict)
	assert.Positive(t, r.Summary.ByKind[Unreadable])
}

// The core runs in a small function and by hand, over S3 and over files.
func TestPackage_KnowsNeitherAWSNorPulumi(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range parsed.Imports {
			assert.False(t, strings.Contains(spec.Path.Value, "pulumi") || strings.Contains(spec.Path.Value, "aws-sdk"), "%s imports %s", file, spec.Path.Value)
		}
	}
}
