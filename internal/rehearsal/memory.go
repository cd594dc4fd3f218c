package rehearsal

// PeakMemoryMB returns the largest resident memory that this process has had so
// far, in mebibytes; 0 where the system does not tell.
func PeakMemoryMB() int { return int(ownPeak() >> 20) }
