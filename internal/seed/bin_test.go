package seed

import "testing"

func TestControlDigit(t *testing.T) {
	for number, want := range map[string]int{
		"94014000038": 5,
		"94124000019": 3,
		"26044010030": 6,  // by the second weights
		"26044010032": -1, // none fits
	} {
		digit, ok := controlDigit(number)
		if !ok {
			digit = -1
		}
		if digit != want {
			t.Errorf("%s: %d, want %d", number, digit, want)
		}
	}
}
