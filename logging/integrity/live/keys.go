package live

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

// Keys are CloudTrail's public keys. It needs cloudtrail:ListPublicKeys in
// every region that digests are from.
type Keys struct {
	client *cloudtrail.Client
}

// NewKeys returns the keys, of whatever region they are asked for.
func NewKeys(client *cloudtrail.Client) *Keys { return &Keys{client: client} }

// PublicKeys implements [integrity.Keys].
func (k *Keys) PublicKeys(ctx context.Context, region string, from, to time.Time) ([]integrity.PublicKey, error) {
	var keys []integrity.PublicKey
	pages := cloudtrail.NewListPublicKeysPaginator(k.client, &cloudtrail.ListPublicKeysInput{StartTime: &from, EndTime: &to})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx, func(o *cloudtrail.Options) { o.Region = region })
		if err != nil {
			return nil, err
		}
		for _, key := range page.PublicKeyList {
			keys = append(keys, integrity.PublicKey{Fingerprint: aws.ToString(key.Fingerprint), Value: key.Value})
		}
	}
	return keys, nil
}
