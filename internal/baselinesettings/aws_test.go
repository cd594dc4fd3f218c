package baselinesettings

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"

	"github.com/aws/aws-lambda-go/cfn"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeEC2 answers EC2's query protocol.
type fakeEC2 struct {
	mu     sync.Mutex
	calls  []string
	answer map[string]string // by action
	refuse map[string]string // code by action
	busy   map[string]int    // how often an action fails first
}

func (f *fakeEC2) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	action := form.Get("Action")
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, action)
	code := f.refuse[action]
	if f.busy[action] > 0 {
		f.busy[action]--
		code = "RequestLimitExceeded"
	}
	if code != "" {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `<Response><Errors><Error><Code>%s</Code><Message>has dependencies</Message></Error></Errors></Response>`, code)
		return
	}
	fmt.Fprintf(w, "<%[1]sResponse>%[2]s</%[1]sResponse>", action, f.answer[action])
}

func ec2On(t *testing.T, f *fakeEC2) *ec2 {
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return &ec2{config: aws.Config{
		Region: "eu-test-1", BaseEndpoint: aws.String(server.URL),
		Credentials: credentials.NewStaticCredentialsProvider("a", "b", ""),
	}}
}

func TestEC2_FindsWhatIsInTheDefaultVPC(t *testing.T) {
	f := &fakeEC2{answer: map[string]string{
		"DescribeVpcs":              "<vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet>",
		"DescribeSubnets":           "<subnetSet><item><subnetId>subnet-1</subnetId></item><item><subnetId>subnet-2</subnetId></item></subnetSet>",
		"DescribeInternetGateways":  "<internetGatewaySet><item><internetGatewayId>igw-1</internetGatewayId></item></internetGatewaySet>",
		"DescribeNetworkInterfaces": "<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId></item></networkInterfaceSet>",
	}}
	vpcs, err := ec2On(t, f).DefaultVPCs(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []VPC{{ID: "vpc-1", Subnets: []string{"subnet-1", "subnet-2"}, Gateways: []string{"igw-1"}, Interfaces: 1}}, vpcs)
}

func TestEC2_RemovesAVPCFromTheInside(t *testing.T) {
	f := &fakeEC2{}
	require.NoError(t, ec2On(t, f).RemoveVPC(t.Context(), VPC{ID: "vpc-1", Subnets: []string{"subnet-1"}, Gateways: []string{"igw-1"}}))
	assert.Equal(t, []string{"DeleteSubnet", "DetachInternetGateway", "DeleteInternetGateway", "DeleteVpc"}, f.calls)
}

func TestEC2_TellsWhatIsInUseFromWhatFails(t *testing.T) {
	f := &fakeEC2{refuse: map[string]string{"DeleteVpc": "DependencyViolation"}}
	require.ErrorIs(t, ec2On(t, f).RemoveVPC(t.Context(), VPC{ID: "vpc-1"}), ErrInUse)

	f = &fakeEC2{refuse: map[string]string{"DeleteVpc": "UnauthorizedOperation"}}
	err := ec2On(t, f).RemoveVPC(t.Context(), VPC{ID: "vpc-1"})
	require.ErrorContains(t, err, "DeleteVpc: UnauthorizedOperation: has dependencies")
	assert.NotErrorIs(t, err, ErrInUse)
}

func TestEC2_TriesAgainWhenAWSIsBusy(t *testing.T) {
	f := &fakeEC2{busy: map[string]int{"EnableEbsEncryptionByDefault": 1}}
	require.NoError(t, ec2On(t, f).EncryptVolumes(t.Context()))
	assert.Len(t, f.calls, 2)
}

func TestHandle_TellsCloudFormationTheOutcome(t *testing.T) {
	for name, tt := range map[string]struct {
		fail map[string]error
		want cfn.StatusType
	}{
		"done":   {nil, cfn.StatusSuccess},
		"failed": {map[string]error{"buckets": fmt.Errorf("denied")}, cfn.StatusFailed},
	} {
		t.Run(name, func(t *testing.T) {
			var told cfn.Response
			server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				assert.Equal(t, http.MethodPut, r.Method)
				assert.NoError(t, json.NewDecoder(r.Body).Decode(&told))
			}))
			t.Cleanup(server.Close)
			e := event(cfn.RequestCreate, "account")
			e.ResponseURL = server.URL
			e.LogicalResourceID, e.RequestID, e.StackID = "AccountSettings", "1", "stack"
			body, err := json.Marshal(e)
			require.NoError(t, err)
			_, err = (&Handler{Settings: settings(&fake{fail: tt.fail})}).Handle(t.Context(), body)
			require.NoError(t, err)
			assert.Equal(t, tt.want, told.Status)
			assert.Equal(t, "gxp-settings-account", told.PhysicalResourceID)
			assert.True(t, tt.fail == nil || slices.Contains([]string{told.Reason}, "block public buckets: denied"), told.Reason)
		})
	}
}
