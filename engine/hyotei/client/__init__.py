"""A client of the REST interface of a workbench, for programs in Python. It needs nothing but Hyotei itself."""

from hyotei.client.requests import Answer, Refused
from hyotei.client.workbench import Workbench

__all__ = ["Answer", "Refused", "Workbench"]
