package testtool

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Emulator starts the AWS emulator moto on a free port and returns its URL. It
// ends with the test. Where moto is missing the test is skipped.
func Emulator(t *testing.T) string {
	t.Helper()
	server := Path(t, "moto_server")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := listener.Addr().(*net.TCPAddr).Port
	require.NoError(t, listener.Close())

	command := exec.Command(server, "-H", "127.0.0.1", "-p", fmt.Sprint(port))
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	url := fmt.Sprintf("http://127.0.0.1:%d", port)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/moto-api/", nil)
		require.NoError(t, err)
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			_, _ = io.Copy(io.Discard, response.Body)
			require.NoError(t, response.Body.Close())
			return url
		}
		require.NoError(t, ctx.Err(), "the emulator did not start within a minute")
		time.Sleep(100 * time.Millisecond)
	}
}
