"""Check digits that tell a number about a person from a number about a thing."""


def passes_luhn(digits: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    plain = (int(digit) for digit in digits[-1::-2])
    return (sum(sum(divmod(number, 10)) for number in doubled) + sum(plain)) % 10 == 0


def is_barcode(digits: str) -> bool:
    """A Korean article number: 13 digits from 880 with the check digit of GS1."""
    if len(digits) != 13 or not digits.startswith("880"):
        return False
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return total % 10 == 0


def is_resident_number(digits: str) -> bool:
    """The check digit of resident registration numbers given out before October 2020."""
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return (11 - total % 11) % 10 == int(digits[12])
