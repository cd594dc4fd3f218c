package evaluation

import "slices"

const replicationRole = "gxp-archive-replication"

// regionRows are about services that nobody has assessed and regions that are
// governed. A published landing zone denies regions that its configuration
// lists.
func (w *world) regionRows() []row {
	var rows []row
	for _, limit := range []struct {
		proves, sid string
		places      []string
	}{
		{"GXP-SCP-130", optional["GXP-SCP-130"], gxpUnits},
		{"GXP-SCP-131", optional["GXP-SCP-131"], []string{"Workloads/NonGxP"}},
	} {
		for _, action := range w.unassessed(limit.sid) {
			rows = append(rows, denied([]attack{{id: "unassessed-" + slug(action), proves: limit.proves, action: action}}, limit.places...)...)
		}
	}
	for _, region := range w.governed {
		in := map[string]string{"aws:RequestedRegion": region}
		rows = append(rows, allowed(rowsOf([]attack{
			{id: "governed-" + region, proves: "GXP-SCP-080", action: "lambda:ListFunctions", with: in},
			{id: "governed-queue-" + region, proves: "GXP-SCP-080", action: "sqs:SendMessage", on: "arn:aws:sqs:" + region + ":{account}:any", with: in},
		}, administrators, []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Sandbox", "log-archive", "network"}))...)
	}
	return rows
}

// unassessed are actions of services that a list of services leaves out.
func (w *world) unassessed(sid string) []string {
	listed := w.find(sid)
	var actions []string
	for _, candidate := range []struct{ pattern, action string }{
		{"gamelift:*", "gamelift:CreateBuild"}, {"workmail:*", "workmail:CreateOrganization"},
		{"lightsail:*", "lightsail:GetActiveNames"}, {"braket:*", "braket:SearchDevices"},
	} {
		if !slices.Contains(listed, candidate.pattern) && len(actions) < 2 {
			actions = append(actions, candidate.action)
		}
	}
	return actions
}

// copyRows are about the second copy of the records.
func copyRows() []row {
	own := []string{"own:" + replicationRole}
	const from, to = "arn:aws:s3:::{prefix}-archive-{region}", "arn:aws:s3:::{prefix}-archive-{replica}"
	via := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	of := func(id, proves, action, on string, with map[string]string, allowed bool) row {
		return row{id: "copy-" + id, proves: proves, action: action, on: on, with: with, who: own, in: inLogArchive, allowed: allowed}
	}
	return []row{
		of("reads", "GXP-LOG-009", "s3:GetObjectVersionForReplication", from+"/file", nil, true),
		of("writes", "GXP-LOG-009", "s3:ReplicateObject", to+"/file", nil, true),
		of("decrypts", "GXP-KEY-004", "kms:Decrypt", "{key gxp-archive}", via, true),
		of("deletes", "GXP-LOG-009", "s3:ReplicateDelete", to+"/file", nil, false),
		of("reads-plainly", "GXP-LOG-004", "s3:GetObject", from+"/file", nil, false),
		of("decrypts-directly", "GXP-KEY-004", "kms:Decrypt", "{key gxp-archive}", nil, false),
	}
}
