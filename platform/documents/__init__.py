"""Documents: accessible PDF (tagged, PDF/UA) and letters from the city's own docx templates.

It owns no table and knows no module, as `spreadsheets` does.
"""
