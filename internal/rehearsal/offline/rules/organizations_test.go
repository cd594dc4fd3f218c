package rules

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestOrganizations_Refuse(t *testing.T) {
	id := func(v string) func(*Resource) { return set("id", v) }
	nested := func(m memory) memory {
		parent := unit
		for i := range 4 {
			child := fmt.Sprintf("ou-ex01-nested00%d", i)
			m = has(unitType, id(child), set("parentId", parent))(m)
			parent = child
		}
		return m
	}
	attachedRCP := func(m memory) memory {
		m = where(organizationPolicyType, "p-guardrail", set("type", resourceControl))(m)
		for i := range 4 {
			policy := fmt.Sprintf("p-1000000%d", i)
			m = has(organizationPolicyType, id(policy), set("type", resourceControl))(m)
			m = has(policyAttachmentType, set("policyId", policy))(m)
		}
		return m
	}
	attached := func(n int) func(memory) memory {
		return func(m memory) memory {
			for i := range n {
				policy := fmt.Sprintf("p-0000000%d", i)
				m = has(organizationPolicyType, id(policy), set("type", serviceControl))(m)
				m = has(policyAttachmentType, set("policyId", policy))(m)
			}
			return m
		}
	}
	refuses(t, map[string]refusal{
		"an unknown feature set": {organizationType, set("featureSet", "SOME"), nil,
			"featureSet | InvalidInputException: featureSet is SOME; it must be one of ALL, CONSOLIDATED_BILLING"},
		"an unknown policy type": {organizationType, set("enabledPolicyTypes", []any{"SCP"}), nil,
			"enabledPolicyTypes[0] | InvalidInputException: enabledPolicyTypes[0] is SCP; it must be one of AISERVICES_OPT_OUT_POLICY, BACKUP_POLICY, CHATBOT_POLICY, DECLARATIVE_POLICY_EC2, RESOURCE_CONTROL_POLICY, SECURITYHUB_POLICY, SERVICE_CONTROL_POLICY, TAG_POLICY"},
		"a service that is no principal": {organizationType, set("awsServiceAccessPrincipals", []any{"cloudtrail"}), nil,
			`awsServiceAccessPrincipals[0] | InvalidInputException: awsServiceAccessPrincipals[0] is "cloudtrail"; it must be a service principal such as cloudtrail.amazonaws.com`},
		"the wrong name of StackSets": {organizationType, set("awsServiceAccessPrincipals", []any{"stacksets.cloudformation.amazonaws.com"}), nil,
			"awsServiceAccessPrincipals[0] | InvalidInputException: stacksets.cloudformation.amazonaws.com is not a service that can have trusted access; write member.org.stacksets.cloudformation.amazonaws.com"},
		"trusted access with consolidated billing": {organizationType, both(set("featureSet", "CONSOLIDATED_BILLING"), set("enabledPolicyTypes", nil)), nil,
			"awsServiceAccessPrincipals | UnsupportedFeatureSet: awsServiceAccessPrincipals needs the feature set ALL; set featureSet to ALL"},
		"a second organization": {organizationType, nil, has(organizationType),
			" | AlreadyInOrganizationException: the account is a member of an organization already; adopt that one by its id instead of creating another"},
		"an account name over the limit": {accountType, set("name", strings.Repeat("a", 51)), nil,
			"name | InvalidInputException: name is 51 characters long; it must have 1 to 50"},
		"an email that is none": {accountType, set("email", "lims.example.com"), nil,
			`email | InvalidInputException: email is "lims.example.com"; it must be an email address such as aws+team@example.com`},
		"an email over the limit": {accountType, set("email", strings.Repeat("a", 60)+"@example.com"), nil,
			"email | InvalidInputException: email is 72 characters long; it must have 6 to 64"},
		"a parent that is no id": {accountType, set("parentId", "Workloads"), lacks(organizationType),
			`parentId | InvalidInputException: parentId is "Workloads"; it must be the id of a root (r-...) or an organizational unit (ou-...)`},
		"a role name with a space": {accountType, set("roleName", "my role"), nil,
			`roleName | InvalidInputException: roleName is "my role"; it must be 1 to 64 characters of letters, digits and +=,.@-_`},
		"an unknown answer on billing": {accountType, set("iamUserAccessToBilling", "YES"), nil,
			"iamUserAccessToBilling | InvalidInputException: iamUserAccessToBilling is YES; it must be one of ALLOW, DENY"},
		"an account before the organization": {accountType, nil, lacks(organizationType),
			" | AWSOrganizationsNotInUseException: the account is not a member of an organization; let this depend on the organization"},
		"an account in a unit that does not exist": {accountType, set("parentId", "ou-ex01-nowhere1"), nil,
			`parentId | ParentNotFoundException: the parent "ou-ex01-nowhere1" does not exist; pass the id of the organization's root or of an organizational unit created before`},
		"an account in a root that does not exist": {accountType, set("parentId", "r-ab12"), nil,
			`parentId | ParentNotFoundException: the parent "r-ab12" does not exist; pass the id of the organization's root or of an organizational unit created before`},
		"an email that another account has": {accountType, set("email", "Log-Archive@example.com"), nil,
			`email | EMAIL_ALREADY_EXISTS: the address "log-archive@example.com" belongs to account "log-archive" already; an address is used once in all of AWS, choose another`},
		"the email of the management account": {accountType, set("email", "management@example.com"), nil,
			`email | EMAIL_ALREADY_EXISTS: the address "management@example.com" belongs to the management account already; an address is used once in all of AWS, choose another`},
		"a unit without a name": {unitType, set("name", ""), nil,
			"name | InvalidInputException: name is 0 characters long; it must have 1 to 128"},
		"a unit that exists": {unitType, both(set("name", "Workloads"), set("parentId", "r-ex01")), nil,
			`name | DuplicateOrganizationalUnitException: an organizational unit named "Workloads" exists under the same parent; choose another name`},
		"a unit on the sixth level": {unitType, set("parentId", "ou-ex01-nested003"), nested,
			"parentId | ConstraintViolationException: OU_DEPTH_LIMIT_EXCEEDED: organizational units nest at most 5 deep under the root; choose a parent higher up"},
		"a delegation to nobody": {delegationType, set("accountId", "999999999999"), nil,
			`accountId | AccountNotFoundException: account "999999999999" is no member of the organization; pass the id of an account created before`},
		"a delegation to management": {delegationType, set("accountId", management), nil,
			"accountId | ConstraintViolationException: CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR: 111122223333 is the management account, which cannot be a delegated administrator; choose a member account"},
		"a delegation of an untrusted service": {delegationType, set("servicePrincipal", "guardduty.amazonaws.com"), nil,
			"servicePrincipal | ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED: guardduty.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"a delegation twice": {delegationType, nil, has(delegationType),
			`accountId | AccountAlreadyRegisteredException: account "222222222222" is a delegated administrator of that service already; register it once`},
		"a delegation to a name": {delegationType, set("accountId", "audit"), lacks(organizationType),
			`accountId | InvalidInputException: accountId is "audit"; it must be an account id of 12 digits`},
		"an unknown contact": {contactType, set("alternateContactType", "LEGAL"), nil,
			"alternateContactType | ValidationException: alternateContactType is LEGAL; it must be one of BILLING, OPERATIONS, SECURITY"},
		"a contact with letters for a number": {contactType, set("phoneNumber", "call me"), nil,
			`phoneNumber | ValidationException: phoneNumber is "call me"; it must be digits, spaces, hyphens, parentheses and plus`},
		"a contact for nobody": {contactType, set("accountId", "999999999999"), nil,
			`accountId | ResourceNotFoundException: account "999999999999" is no member of the organization; pass the id of an account created before`},
		"a contact without trusted access": {contactType, nil, where(organizationType, orgID, set("awsServiceAccessPrincipals", []any{trailService})),
			"accountId | ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED: account.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"an unknown type of policy": {organizationPolicyType, set("type", "SCP"), nil,
			"type | InvalidInputException: type is SCP; it must be one of AISERVICES_OPT_OUT_POLICY, BACKUP_POLICY, CHATBOT_POLICY, DECLARATIVE_POLICY_EC2, RESOURCE_CONTROL_POLICY, SECURITYHUB_POLICY, SERVICE_CONTROL_POLICY, TAG_POLICY"},
		"a policy that is malformed": {organizationPolicyType, set("content", `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s4:Get","Resource":"*"}]}`), nil,
			`content | MalformedPolicyDocumentException: Statement[0].Action: "s4:Get" is of no service that AWS knows: "s4"; check the prefix`},
		"a policy over the quota": {organizationPolicyType, set("content", guardrail+strings.Repeat(" ", 5120)), nil,
			"content | MalformedPolicyDocumentException: the service control policy is 5225 characters long, the limit is 5120; shorten it or split it"},
		"a resource control policy that allows": {organizationPolicyType, both(set("type", resourceControl), set("content", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}`)), nil,
			"content | MalformedPolicyDocumentException: Statement[0].Effect: is Allow; a resource control policy takes only Deny"},
		"a tag policy that is no object": {organizationPolicyType, both(set("type", "TAG_POLICY"), set("content", `[]`)), nil,
			"content | MalformedPolicyDocumentException: the policy is not a JSON object with at least one key; write the policy type's own syntax"},
		"an AI policy over its limit": {organizationPolicyType, both(set("type", "AISERVICES_OPT_OUT_POLICY"), set("content", `{"a":"`+strings.Repeat("a", 2493)+`"}`)), nil,
			"content | MalformedPolicyDocumentException: the policy is 2501 characters long, the limit is 2500; shorten it or split it"},
		"a policy name that is taken": {organizationPolicyType, set("name", "Guardrail"), nil,
			`name | DuplicatePolicyException: a policy named "Guardrail" exists already; choose another name`},
		"an attachment to nothing": {policyAttachmentType, set("targetId", "ou-ex01-nowhere1"), nil,
			`targetId | TargetNotFoundException: the target "ou-ex01-nowhere1" does not exist; pass the id of a root, organizational unit or account created before`},
		"an attachment of nothing": {policyAttachmentType, set("policyId", "p-99999999"), nil,
			`policyId | PolicyNotFoundException: the policy "p-99999999" does not exist; create it first and pass its output, so that it is created before this`},
		"an attachment of a type not enabled": {policyAttachmentType, nil, where(organizationType, orgID, set("enabledPolicyTypes", []any{"TAG_POLICY"})),
			"policyId | PolicyTypeNotEnabledException: SERVICE_CONTROL_POLICY is not enabled in the root; add it to the organization's enabledPolicyTypes"},
		"an attachment over the quota": {policyAttachmentType, nil, attached(4),
			"targetId | ConstraintViolationException: MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED: ou-ex01-workload would have 6 policies of type service_control_policy, counting what AWS attaches by itself; the quota is 5: merge policies or attach some higher up"},
		"an attachment over the other quota": {policyAttachmentType, nil, attachedRCP,
			"targetId | ConstraintViolationException: MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED: ou-ex01-workload would have 6 policies of type resource_control_policy, counting what AWS attaches by itself; the quota is 5: merge policies or attach some higher up"},
		"an attachment twice": {policyAttachmentType, nil, has(policyAttachmentType),
			`policyId | DuplicatePolicyAttachmentException: policy "p-guardrail" is attached to that target already; attach it once`},
		"a delegation policy without principal": {organizationGrantType, set("content", identityDocument), nil,
			"content | MalformedPolicyDocumentException: Statement[0].Principal: is missing; a resource policy says whom each statement is about"},
		"anything in an account that does not exist": {bucketType, in("999999999999", home), nil,
			" | AccessDenied: user arn:aws:sts::111122223333:assumed-role/landing-zone is not authorized to perform: sts:AssumeRole in account 999999999999, which is no member of the organization; give the provider the id of an account that this program creates or adopts"},
	})
}

func TestOrganizations_LetAContactBeSetOutsideAnyOrganization(t *testing.T) {
	if got := Against(valid(contactType), memory{}); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestOrganizations_CountOnlyPoliciesOfTheSameType(t *testing.T) {
	world := landingZone()
	for i := range 5 {
		policy := fmt.Sprintf("p-2000000%d", i)
		world = has(organizationPolicyType, set("id", policy), set("type", "TAG_POLICY"))(world)
		world = has(policyAttachmentType, set("policyId", policy))(world)
	}
	for _, given := range []string{"p-FullAWSAccess", "p-RCPFullAWSAccess"} {
		r := valid(policyAttachmentType)
		r.Inputs["policyId"] = given
		if got := Against(r, world); len(got) > 0 {
			t.Errorf("%s: refused: %v", given, got)
		}
	}
	if got := Against(valid(policyAttachmentType), world); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestOrganizations_AcceptUnderOtherQuotas(t *testing.T) {
	long := valid(organizationPolicyType)
	long.Inputs["content"] = guardrail + strings.Repeat(" ", 5120)
	account := valid(accountType)
	three := append(landingZone(), valid(accountType))
	three[len(three)-1].URN = "urn:other"
	three[len(three)-1].Inputs = object{"id": "333333333333", "email": "x@example.com"}

	tests := map[string]struct {
		quotas Quotas
		r      Resource
		want   string
	}{
		"a policy of 10240 characters where AWS grants it": {Quotas{SCPSize: 10240}, long, ""},
		"accounts without a quota":                         {Quotas{}, account, ""},
		"the last account of the quota":                    {Quotas{Accounts: 4}, account, ""},
		"one account more":                                 {Quotas{Accounts: 3}, account, "ConstraintViolationException: ACCOUNT_NUMBER_LIMIT_EXCEEDED: the organization has 3 accounts, the quota is 3; ask AWS to raise it before this account is created"},
		"one unit more":                                    {Quotas{OUs: 1}, valid(unitType), "ConstraintViolationException: OU_NUMBER_LIMIT_EXCEEDED: the organization has 1 organizational units, the quota is 1; ask AWS for more"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			rules := New(tt.quotas)
			got := ""
			for _, f := range append(rules.Static(tt.r), rules.Against(tt.r, three)...) {
				got += f.Message
			}
			if got != tt.want {
				t.Errorf("refused: %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAccountCreations_RefuseMoreThanAWSAllowsAtOnce(t *testing.T) {
	creations := NewAccountCreations(0)
	var ends []func()
	for range 5 {
		end, err := creations.Begin()
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, end)
	}
	const want = "ConcurrentModificationException: AWS Organizations can't complete your request because it conflicts with " +
		"another attempt to modify the same entity: 5 accounts are being created and AWS allows 5 at once; let each account " +
		"depend on one created before"
	if _, err := creations.Begin(); err == nil || err.Error() != want {
		t.Errorf("Begin() = %v, want %q", err, want)
	}
	ends[0]()
	ends[0]()
	if _, err := creations.Begin(); err != nil {
		t.Errorf("Begin() after one ended = %v, want nil", err)
	}
	if _, err := creations.Begin(); err == nil {
		t.Error("ending the same creation twice made room for two")
	}
	if got := creations.Peak(); got != 5 {
		t.Errorf("Peak() = %d, want 5", got)
	}
}

func TestAccountCreations_CountAcrossGoroutines(t *testing.T) {
	creations := NewAccountCreations(3)
	var refused, wait sync.WaitGroup
	release := make(chan struct{})
	refused.Add(7)
	for range 10 {
		wait.Go(func() {
			end, err := creations.Begin()
			if err != nil {
				refused.Done()
				return
			}
			<-release
			end()
		})
	}
	refused.Wait()
	close(release)
	wait.Wait()
	if got := creations.Peak(); got != 3 {
		t.Errorf("Peak() = %d, want 3", got)
	}
}
