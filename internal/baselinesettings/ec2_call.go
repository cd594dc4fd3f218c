package baselinesettings

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// mostAnswer bounds how much of an answer is read.
const mostAnswer = 16 << 20

// attempts is how often a call is made that EC2 refuses for its own reasons.
const attempts = 4

// refusal is EC2's answer to a request that it does not grant.
type refusal struct {
	Action  string `xml:"-"`
	Status  int    `xml:"-"`
	Code    string `xml:"Errors>Error>Code"`
	Message string `xml:"Errors>Error>Message"`
}

func (r *refusal) Error() string {
	return fmt.Sprintf("%s: %s: %s", r.Action, cmp.Or(r.Code, http.StatusText(r.Status)), r.Message)
}

// temporary: the same request may be granted later.
func (r *refusal) temporary() bool {
	return r.Status >= 500 || r.Status == http.StatusTooManyRequests || r.Code == "RequestLimitExceeded"
}

// call makes one call and reads the answer into out, if that is not nil.
func (e *ec2) call(ctx context.Context, action string, form url.Values, out any) error {
	body := url.Values{"Action": {action}, "Version": {"2016-11-15"}}
	for key, values := range form {
		body[key] = values
	}
	for attempt := 1; ; attempt++ {
		err := e.once(ctx, action, body.Encode(), out)
		refused, ok := err.(*refusal)
		if err == nil || !ok || !refused.temporary() || attempt == attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(attempt) * time.Second):
		}
	}
}

func (e *ec2) once(ctx context.Context, action, body string, out any) error {
	endpoint := cmp.Or(aws.ToString(e.config.BaseEndpoint), "https://ec2."+e.config.Region+".amazonaws.com") + "/"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	session, err := e.config.Credentials.Retrieve(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	digest := sha256.Sum256([]byte(body))
	err = v4.NewSigner().SignHTTP(ctx, session, request, hex.EncodeToString(digest[:]), "ec2", e.config.Region, time.Now())
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	response, err := (&http.Client{Timeout: time.Minute}).Do(request)
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer))
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	if response.StatusCode != http.StatusOK {
		refused := &refusal{Action: action, Status: response.StatusCode}
		if xml.Unmarshal(answer, refused) != nil || refused.Code == "" {
			refused.Message = string(answer[:min(len(answer), 500)])
		}
		return refused
	}
	if out == nil {
		return nil
	}
	if err := xml.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("%s: read the answer: %w", action, err)
	}
	return nil
}
