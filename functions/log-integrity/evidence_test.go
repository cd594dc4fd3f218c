package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

// configOn is a configuration whose calls all go to the handler.
func configOn(t *testing.T, h http.HandlerFunc) aws.Config {
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return aws.Config{
		Region: "eu-test-1", BaseEndpoint: aws.String(server.URL),
		Credentials: credentials.NewStaticCredentialsProvider("a", "b", ""),
	}
}

func TestEvidence_IsWrittenOnce(t *testing.T) {
	objects := map[string][]byte{}
	c := configOn(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "*", r.Header.Get("If-None-Match"))
		if objects[r.URL.Path] != nil {
			w.WriteHeader(http.StatusPreconditionFailed)
			fmt.Fprint(w, `<Error><Code>PreconditionFailed</Code><Message>At least one of the preconditions failed</Message></Error>`)
			return
		}
		assert.Equal(t, "application/json", r.Header.Get("Content-Type"))
		objects[r.URL.Path], _ = io.ReadAll(r.Body)
	})
	e := &evidence{bucket: "evidence", client: s3.NewFromConfig(c, func(o *s3.Options) { o.UsePathStyle = true })}
	require.NoError(t, e.Create(t.Context(), "integrity/a.json", []byte("{}")))
	assert.Contains(t, objects, "/evidence/integrity/a.json")
	assert.ErrorContains(t, e.Create(t.Context(), "integrity/a.json", []byte("[]")),
		"s3://evidence/integrity/a.json is there already and is not overwritten")
}

func TestSigner_HasKMSSignADigest(t *testing.T) {
	var asked map[string]string
	c := configOn(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "TrentService.Sign", r.Header.Get("X-Amz-Target"))
		assert.NoError(t, json.NewDecoder(r.Body).Decode(&asked))
		fmt.Fprintf(w, `{"Signature":%q}`, base64.StdEncoding.EncodeToString([]byte("signature")))
	})
	s := &signer{client: kms.NewFromConfig(c), key: "arn:aws:kms:eu-test-1:333333333333:key/1", algorithm: integrity.PSS}
	signature, err := s.Sign(t.Context(), make([]byte, 32))
	require.NoError(t, err)
	assert.Equal(t, "signature", string(signature))
	assert.Equal(t, "DIGEST", asked["MessageType"])
	assert.Equal(t, "RSASSA_PSS_SHA_256", asked["SigningAlgorithm"])
	assert.Equal(t, s.KeyID(), asked["KeyId"])
}
