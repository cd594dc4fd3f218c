package qualification

// The types of resources that controls are about.
const (
	accountType      = "aws:organizations/account:Account"
	contactType      = "aws:account/alternativeContact:AlternativeContact"
	organizationType = "aws:organizations/organization:Organization"
	unitType         = "aws:organizations/organizationalUnit:OrganizationalUnit"
	delegationType   = "aws:organizations/delegatedAdministrator:DelegatedAdministrator"
	awsProviderType  = "pulumi:providers:aws"

	bucketType       = "aws:s3/bucketV2:BucketV2"
	bucketPolicyType = "aws:s3/bucketPolicy:BucketPolicy"
	encryptionType   = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
	bucketLogType    = "aws:s3/bucketLoggingV2:BucketLoggingV2"
	lockType         = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
	ownershipType    = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
	publicAccessType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
	replicationType  = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
	versioningType   = "aws:s3/bucketVersioningV2:BucketVersioningV2"
	objectType       = "aws:s3/bucketObjectv2:BucketObjectv2"

	trailType        = "aws:cloudtrail/trail:Trail"
	logGroupType     = "aws:cloudwatch/logGroup:LogGroup"
	metricFilterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	metricAlarmType  = "aws:cloudwatch/metricAlarm:MetricAlarm"
	keyType          = "aws:kms/key:Key"
	keyPolicyType    = "aws:kms/keyPolicy:KeyPolicy"
	topicType        = "aws:sns/topic:Topic"
	topicPolicyType  = "aws:sns/topicPolicy:TopicPolicy"
	subscriptionType = "aws:sns/topicSubscription:TopicSubscription"
	aggregatorType   = "aws:cfg/configurationAggregator:ConfigurationAggregator"

	permissionSetType     = "aws:ssoadmin/permissionSet:PermissionSet"
	setInlinePolicyType   = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
	setManagedPolicyType  = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"
	setBoundaryType       = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"
	accountAssignmentType = "aws:ssoadmin/accountAssignment:AccountAssignment"
	accessAttributesType  = "aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes"
	passwordPolicyType    = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"
	rootFeaturesType      = "aws:iam/organizationsFeatures:OrganizationsFeatures"
	groupType             = "aws:identitystore/group:Group"
	roleType              = "aws:iam/role:Role"
	analyzerType          = "aws:accessanalyzer/analyzer:Analyzer"

	portfolioType          = "aws:servicecatalog/portfolio:Portfolio"
	productType            = "aws:servicecatalog/product:Product"
	productAssociationType = "aws:servicecatalog/productPortfolioAssociation:ProductPortfolioAssociation"
)
