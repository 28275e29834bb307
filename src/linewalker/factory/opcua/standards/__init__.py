"""Information models that plants know, beside the station's own image: OPC 40100-1, Machinery Result, Job Control."""
