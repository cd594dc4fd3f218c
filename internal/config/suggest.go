package config

import (
	"fmt"
	"strings"

	"github.com/texttheater/golang-levenshtein/levenshtein"
)

// oneOf says what is allowed instead of got: what its author probably meant,
// and the whole list.
func oneOf(got string, allowed []string) string {
	list := "allowed: " + strings.Join(allowed, ", ")
	if near := nearest(got, allowed); near != "" {
		return fmt.Sprintf("did you mean %s? %s", near, list)
	}
	return list
}

// nearest returns the candidate that got is a misspelling of, or "".
func nearest(got string, candidates []string) string {
	best, least := "", 0
	for _, c := range candidates {
		// Beyond a third of its length a word is another word.
		limit := max(2, len(c)/3)
		if d := len(got) - len(c); d > limit || -d > limit {
			continue
		}
		d := levenshtein.DistanceForStrings(
			[]rune(strings.ToLower(got)), []rune(strings.ToLower(c)), levenshtein.DefaultOptionsWithSub)
		if d <= limit && (best == "" || d < least) {
			best, least = c, d
		}
	}
	return best
}
