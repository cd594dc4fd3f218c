package rules

import (
	"regexp"
	"slices"
	"strings"
)

const (
	functionType     = "aws:lambda/function:Function"
	permissionType   = "aws:lambda/permission:Permission"
	invokeConfigType = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"

	functionService = "lambda.amazonaws.com"
)

var functions = target{
	typ: functionType, word: "function", code: "ResourceNotFoundException", reach: inRegion, tail: ":function:",
}

// runtimes are those that Lambda still creates functions for.
var runtimes = []any{
	"dotnet8", "dotnet9", "java8.al2", "java11", "java17", "java21", "nodejs20.x", "nodejs22.x", "provided.al2", "provided.al2023",
	"python3.10", "python3.11", "python3.12", "python3.13", "ruby3.2", "ruby3.3", "ruby3.4",
}

const functionName = `(?:arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:)?[a-zA-Z0-9_-]{1,64}(?::[a-zA-Z0-9$_-]+)?`

var functionRows = map[string]row{
	functionType: {
		static: []check{
			pattern("name", `[a-zA-Z0-9_-]{1,64}`, "1 to 64 letters, digits, hyphens and underscores"),
			length("description", 0, 256), between("memorySize", 128, 10240), between("timeout", 1, 900),
			between("ephemeralStorage.size", 512, 10240), oneOf("packageType", "Zip", "Image"), oneOf("runtime", runtimes...),
			count("architectures", 1, 1), oneOf("architectures[]", "x86_64", "arm64"), count("layers", 0, 5),
			pattern("handler", `\S{1,128}`, "1 to 128 characters without spaces"),
			pattern("role", `arn:aws:iam::[0-9]{12}:role/.+`, "the ARN of a role"),
			oneOf("tracingConfig.mode", "Active", "PassThrough"), oneOf("loggingConfig.logFormat", "Text", "JSON"),
			oneOf("loggingConfig.applicationLogLevel", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"),
			oneOf("loggingConfig.systemLogLevel", "DEBUG", "INFO", "WARN"),
			pattern("loggingConfig.logGroup", `[.\-_/#A-Za-z0-9]{1,512}`, "the name of a log group, not its ARN"),
			functionCode, logLevels, functionEnvironment,
		},
		against: []check{
			refers("role", roles), assumable("role", functionService, "InvalidParameterValueException"),
			encrypts("kmsKeyArn"), deliversTo("deadLetterConfig.targetArn"), refers("s3Bucket", buckets),
			refers("vpcConfig.subnetIds[]", subnets), refers("vpcConfig.securityGroupIds[]", securityGroups),
			free(inRegion, "ResourceConflictException", "the function %q exists already; choose another name", "name"),
		},
	},
	permissionType: {
		static: []check{
			pattern("action", `lambda:(?:\*|[a-zA-Z]+)`, "an action of Lambda such as lambda:InvokeFunction"),
			pattern("statementId", `[a-zA-Z0-9_-]{1,100}`, "1 to 100 letters, digits, hyphens and underscores"),
			pattern("function", functionName, "the name or the ARN of a function"),
			pattern("principal", `\*|[0-9]{12}|[a-z0-9.-]+\.amazonaws\.com|arn:aws:iam::[0-9]{12}:.+`, "a service, an account or the ARN of a role"),
			pattern("principalOrgId", `o-[a-z0-9]{10,32}`, "the id of an organization"),
			pattern("sourceAccount", `[0-9]{12}`, "an account id"), pattern("sourceArn", `arn:aws:[a-z0-9-]+:.*`, "an ARN"),
			oneOf("functionUrlAuthType", "AWS_IAM", "NONE"),
		},
		against: []check{
			refers("function", functions),
			free(inRegion, "ResourceConflictException", "the statement %q exists already in the function's policy; choose another id",
				"statementId", "function"),
		},
	},
	invokeConfigType: {
		static: []check{
			pattern("functionName", functionName, "the name or the ARN of a function"),
			between("maximumEventAgeInSeconds", 60, 21600), between("maximumRetryAttempts", 0, 2),
			pattern("destinationConfig.onFailure.destination", destinationForm, destinationWords),
			pattern("destinationConfig.onSuccess.destination", `arn:aws:(?:sqs|sns|lambda|events):.+`, "the ARN of a queue, topic, function or event bus"),
		},
		against: []check{
			refers("functionName", functions), deliversTo("destinationConfig.onFailure.destination"),
			deliversTo("destinationConfig.onSuccess.destination"),
			free(inRegion, "ResourceConflictException", "function %q has a configuration from another resource, and each would "+
				"overwrite the other; keep one", "functionName"),
		},
	},
}

const (
	destinationForm  = `arn:aws:(?:sqs|sns|lambda|events|s3):.+`
	destinationWords = "the ARN of a queue, topic, function, event bus or bucket"
)

// functionCode: a function of a package has a runtime and a handler, one of an
// image has them in the image.
func functionCode(s *scope) {
	exactlyOne("code", "s3Bucket", "imageUri")(s)
	together("s3Bucket", "s3Key")(s)
	kind := s.text("packageType")
	switch {
	case s.presence("packageType") == unknown:
	case kind == "Image":
		needs("imageUri", "a function of type Image runs an image")(s)
		atMostOne("imageUri", "runtime", "handler")(s)
	default:
		needs("runtime", "a function of a package runs in one")(s)
		needs("handler", "the runtime calls it")(s)
	}
}

func logLevels(s *scope) {
	if s.presence("loggingConfig.logFormat") == unknown || s.text("loggingConfig.logFormat") == "JSON" {
		return
	}
	for _, path := range []string{"loggingConfig.applicationLogLevel", "loggingConfig.systemLogLevel"} {
		if s.presence(path) == present {
			s.reject(path, "a log in plain text has no levels; set the log format to JSON or drop %s", path)
		}
	}
}

// reserved are the variables that Lambda sets itself:
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
var reserved = strings.Fields(`_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME
	AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME
	AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API
	LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR`)

// environmentSize is what all variables of a function may have together, in
// bytes of the JSON that Lambda stores.
const environmentSize = 4 << 10

var variableName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]+$`)

func functionEnvironment(s *scope) {
	size := 0
	for _, variables := range typed[map[string]any](s.Inputs, "environment.variables") {
		for name, value := range ordered(variables) {
			at := "environment.variables." + name
			switch {
			case !variableName.MatchString(name):
				s.reject(at, "%q is no name of a variable; begin with a letter and go on with letters, digits and underscores", shorten(name))
			case slices.Contains(reserved, name):
				s.reject(at, "Lambda was unable to configure your environment variables because %s is reserved; choose another name", name)
			}
			text, _ := value.(string)
			size += len(name) + len(text) + len(`"":"",`)
		}
	}
	if size > environmentSize {
		s.reject("environment.variables", "the variables are %d bytes long together; the limit is %d: keep what is long in a parameter "+
			"of Systems Manager", size, environmentSize)
	}
}
