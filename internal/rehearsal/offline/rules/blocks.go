package rules

import "net/netip"

// parseBlock reads an IPv4 block.
func parseBlock(text string) (netip.Prefix, bool) {
	block, err := netip.ParsePrefix(text)
	return block, err == nil && block.Addr().Is4()
}

// contains says whether a block lies in another.
func contains(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// ipv4Block checks that the strings at path are IPv4 blocks of a prefix length
// within bounds, written from their first address.
func ipv4Block(path string, shortest, longest int) check {
	return func(s *scope) {
		for at, text := range s.texts(path) {
			block, ok := parseBlock(text)
			switch {
			case !ok:
				s.reject(at, "value (%s) for parameter %s is invalid: this is not a valid CIDR block; write one such as 10.64.0.0/16",
					shorten(text), at)
			case block != block.Masked():
				s.reject(at, "%s is %s, which begins in the middle of its block; write %s", at, text, block.Masked())
			case block.Bits() < shortest || block.Bits() > longest:
				s.reject(at, "%s is %s; its prefix length must be /%d to /%d", at, text, shortest, longest)
			}
		}
	}
}

// ipv4Address checks that the strings at path are IPv4 addresses that a host can
// have.
func ipv4Address(path string) check {
	return func(s *scope) {
		for at, text := range s.texts(path) {
			address, err := netip.ParseAddr(text)
			if err != nil || !address.Is4() || address.IsUnspecified() || address.IsLoopback() || address.IsMulticast() {
				s.reject(at, "%s is %q; it must be the IPv4 address of a host", at, shorten(text))
			}
		}
	}
}

// disjoint checks that no other resource of the same type with the same text in
// the property within has a block that overlaps.
func disjoint(property, within, code string) check {
	return func(s *scope) {
		mine, ok := parseBlock(s.text(property))
		if !ok || s.text(within) == "" {
			return
		}
		for r := range s.others(s.Type) {
			other, ok := parseBlock(r.text(property))
			if ok && r.text(within) == s.text(within) && other.Overlaps(mine) {
				s.fail(property, code, "%s overlaps with %s in %s; choose a block that is free", mine, other, s.text(within))
				return
			}
		}
	}
}

// ports checks a range of ports.
func ports(s *scope, at string, r Resource, from, to string) {
	first, ok := r.number(from)
	last, set := r.number(to)
	if !ok || !set {
		return
	}
	if first > last || first < 0 || last > 65535 {
		s.reject(at, "the ports %v to %v are no range from 0 to 65535", first, last)
	}
}
