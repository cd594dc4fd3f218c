package bootstrap

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// describeVPCs asks EC2 for one page of VPCs. The SDK's package for EC2 is its
// largest and would double the time this program takes to compile, for one
// call; the SDK's signer is all the call needs.
func describeVPCs(ctx context.Context, account aws.Config, endpoint string) error {
	const body = "Action=DescribeVpcs&Version=2016-11-15&MaxResults=5"
	url := cmp.Or(endpoint, "https://ec2."+account.Region+".amazonaws.com") + "/"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	session, err := account.Credentials.Retrieve(ctx)
	if err != nil {
		return err
	}
	digest := sha256.Sum256([]byte(body))
	err = v4.NewSigner().SignHTTP(ctx, session, request, hex.EncodeToString(digest[:]), "ec2", account.Region, time.Now())
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: 30 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		reason, _ := io.ReadAll(io.LimitReader(response.Body, 1024))
		return fmt.Errorf("describe VPCs: %s: %s", response.Status, reason)
	}
	return nil
}
