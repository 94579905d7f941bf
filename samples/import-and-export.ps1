# A disk-image file becomes an image, and the image a file again, on the embedded endpoint: no account, no network, nothing to pay.
# Run it with:  dotnet run --project src/EcsImages.Shell -- -File samples/import-and-export.ps1
# On Alibaba Cloud the two commands in the middle are the same, after Connect-EcsAccount -RegionId cn-hangzhou.

$ErrorActionPreference = 'Stop'
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "ecs-$([guid]::NewGuid().ToString("N").Substring(0, 8))")
$null = [IO.Directory]::CreateDirectory($folder)
$raw, $vmdk, $qcow2 = 'disk.raw', 'disk.vmdk', 'web.qcow2' | ForEach-Object { [IO.Path]::Combine($folder, $_) }

"== A disk of 64 MiB: boot code, one active partition, some data; and the same as a VMDK"
$bytes = [byte[]]::new(64MB)
$data = [byte[]]::new(5MB)
[Random]::new(2026).NextBytes($data)
$data.CopyTo($bytes, 9MB)
$record = @{ 0 = 0xFA; 446 = 0x80; 450 = 0x83; 455 = 8; 459 = 248; 460 = 1; 510 = 0x55; 511 = 0xAA }
foreach ($at in $record.Keys) { $bytes[$at] = $record[$at] }
[IO.File]::WriteAllBytes($raw, $bytes)
Convert-EcsImageFile $raw $vmdk | Out-Host

"== What would keep it from starting on ECS"
(Test-EcsImageFile $vmdk).Problems | ForEach-Object { "{0}: {1}" -f $_.Id, $_.Reason }

"== From the file to an image"
$null = Connect-EcsAccount -Local -Path ([IO.Path]::Combine($folder, 'local')) -Account builder -RegionId cn-hangzhou
Import-EcsImage -Path $vmdk -Name web-2026 -WhatIf -WarningAction SilentlyContinue
Import-EcsImage -Path $vmdk -Name web-2026 -Wait -WarningAction SilentlyContinue | Out-Host

"== From the image to a file"
Get-EcsImage -Name web-2026 | Export-EcsImage -Destination $qcow2 -Wait | Out-Host

"== The tasks of both, and whether the bytes are the same"
Get-EcsImage -Name web-2026 | Get-EcsTask | Out-Host
$comparison = Compare-EcsImageFile $raw $qcow2
"Bytes that differ: {0}; the image has whole GiB, so its disk is {1} GiB" -f $comparison.DifferentBytes, ($comparison.DifferenceSizeBytes / 1GB)

Disconnect-EcsAccount -All | Out-Null
[IO.Directory]::Delete($folder, $true)
"Done."
