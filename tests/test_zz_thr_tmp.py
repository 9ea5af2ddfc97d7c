from tests.test_list_filter import *
import pytest
from tests.test_list_filter import test_the_address_brings_the_same_papers_back as t
globals().pop("t")
for n in [n for n in list(globals()) if n.startswith("test_")]:
    del globals()[n]
import tests.test_list_filter as m
@pytest.mark.parametrize("rate",[1,8,8,20,20])
def test_x(visitor, rate):
    visitor.page.context.new_cdp_session(visitor.page).send("Emulation.setCPUThrottlingRate",{"rate":rate})
    m.test_the_address_brings_the_same_papers_back(visitor)
