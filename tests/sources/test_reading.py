"""From bytes to lines: encodings, line ends, and which byte is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.reading import is_binary, read_text_file, show_bytes


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\0-\ufeff")))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_comes_back_as_it_was_whatever_its_encoding_and_line_ends(
    encoding: str, end: str, text: str
) -> None:
    file, problems = read_text_file(text.replace("\n", end).encode(encoding), "a.txt")
    assert problems == ()
    assert "\n".join(file.lines) == text
    assert file.bad_bytes == {}


@given(st.binary(max_size=60), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_the_first_bad_byte_of_a_line_is_where_it_is_said_to_be(noise: bytes, end: bytes) -> None:
    data = end.join([b"one", "zwei Ä".encode(), b"3 " + noise.replace(b"\0", b""), b"four"])
    file, _ = read_text_file(data, "a.txt")
    for line, offset in file.bad_bytes.items():
        before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        assert before.count(b"\n") + 1 == line
        start = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
        data[start:offset].decode()
        assert data[offset] >= 0x80
    assert bool(file.bad_bytes) == (_decodes(data) is False)


def _decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_text_with_a_stray_nul_is_text_and_bytes_with_many_are_not() -> None:
    assert not is_binary(b"a lamp " * 100 + b"\0")
    assert is_binary(b"\0\1\2\3" * 10)
    assert is_binary(b"\x7fELF\0\xff")


def test_undecoded_bytes_are_shown_so_that_they_can_be_written() -> None:
    assert show_bytes(b"caf\xe9 \xc3\xa9".decode("utf-8", "surrogateescape")) == "caf\\xe9 é"
    assert show_bytes("\ud800").encode()
