package rehearsal

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
)

// placeholder stands for the code of a function. The offline AWS runs none.
const placeholder = "This stands for the code of a function in a rehearsal.\n"

// placeAssets puts a placeholder where the program looks for the code of each
// function, so that a rehearsal needs no compiler.
func placeAssets(work string) error {
	functions, err := asset.Functions()
	if err != nil {
		return err
	}
	for _, f := range functions {
		file := filepath.Join(work, filepath.FromSlash(f.Path()))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return fmt.Errorf("placeholder of function %s: %w", f.Name, err)
		}
		if err := os.WriteFile(file, []byte(placeholder), 0o600); err != nil {
			return fmt.Errorf("placeholder of function %s: %w", f.Name, err)
		}
	}
	return nil
}
