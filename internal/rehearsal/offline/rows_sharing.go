package offline

import "time"

var sharingRows = map[string]row{
	"aws:ram/resourceShare:ResourceShare": {
		id:       "arn:aws:ram:{region}:{account}:resource-share/{uuid}",
		arn:      "{id}",
		autoname: "name",
		outputs:  map[string]any{"allowExternalPrincipals": false},
		replace:  []string{"permissionArns"},
		tagged:   true,
		takes:    5 * time.Second,
	},
	"aws:ram/resourceAssociation:ResourceAssociation": {
		id:      "{in:resourceShareArn},{in:resourceArn}",
		replace: []string{"resourceArn", "resourceShareArn"},
		takes:   10 * time.Second,
	},
	"aws:ram/principalAssociation:PrincipalAssociation": {
		id:      "{in:resourceShareArn},{in:principal}",
		replace: []string{"principal", "resourceShareArn"},
		takes:   10 * time.Second,
	},
	"aws:ram/sharingWithOrganization:SharingWithOrganization": {
		id:     "{account}",
		global: true,
		takes:  10 * time.Second,
	},
}
