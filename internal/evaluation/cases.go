package evaluation

import (
	"slices"
)

// cases are all cases, for this organization.
func (w *world) cases() []Case {
	return w.expand(slices.Concat(
		archiveRows(), integrityRows(), analyticsRows(), keyRows(), topicRows(),
		organizationRows(), recordRows(), securityRows(), protectionRows(),
		peopleRows(), creationRows(), networkRows(), placeRows(), tagRows(), catalogRows(), perimeterRows(),
		useRows(), dutyRows(), emergencyRows(), w.regionRows(), copyRows(), landingRows(), networkLogRows(), collectionRows(), logRows(), keeperRows(), boundaryRows(),
	))
}
