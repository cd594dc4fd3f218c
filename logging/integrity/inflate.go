package integrity

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// errNoGzip says that a file is not one that CloudTrail wrote, whatever its
// content.
var errNoGzip = errors.New("it is no complete gzip file")

// inflate writes the uncompressed content of a file, up to a size, and returns
// how much it was. CloudTrail writes one compressed stream: what follows it is
// not CloudTrail's, even where it adds nothing to the content.
func inflate(w io.Writer, body io.Reader, largest int64) (int64, error) {
	source := &remembering{Reader: body}
	n, err := inflateOne(w, bufio.NewReader(source), largest)
	switch {
	case source.err != nil:
		return 0, source.err
	case err != nil:
		return 0, fmt.Errorf("%w: %w", errNoGzip, err)
	}
	return n, nil
}

func inflateOne(w io.Writer, r *bufio.Reader, largest int64) (int64, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return 0, err
	}
	z.Multistream(false)
	n, err := io.Copy(w, io.LimitReader(z, largest+1))
	if err != nil {
		return n, err
	}
	if n > largest {
		return n, fmt.Errorf("it is larger than %d MiB", largest>>20)
	}
	if _, err := r.ReadByte(); err == nil {
		return n, errors.New("something follows its content")
	}
	return n, nil
}

// remembering keeps the error of a reader, so that a store that fails can be
// told from a file that is broken.
type remembering struct {
	io.Reader
	err error
}

func (r *remembering) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}
