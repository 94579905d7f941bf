#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.1.0' }

# Images from files and to files, on a real PowerShell: build first, then Invoke-Pester.

BeforeAll {
    Set-StrictMode -Version 3.0
    $ErrorActionPreference = 'Stop'
    $module = Join-Path $PSScriptRoot '..' '..' 'out' 'EcsImage' 'EcsImage.psd1'
    Import-Module (Resolve-Path $module) -Force
    $folder = Join-Path ([IO.Path]::GetTempPath()) "ecsimage-pester-$([guid]::NewGuid().ToString('N'))"
    $files = Join-Path $folder 'files'
    $null = New-Item -ItemType Directory -Path $files
    $us = Connect-EcsAccount -Local -Path (Join-Path $folder 'local') -Account us -RegionId cn-hangzhou -Speed 1000

    # Boot code, one active partition, and bytes that nothing can pack.
    $disk = [byte[]]::new(8MB)
    $noise = [byte[]]::new(3MB)
    [Random]::new(20261201).NextBytes($noise)
    $noise.CopyTo($disk, 1MB)
    foreach ($at in @{ 0 = 0xFA; 446 = 0x80; 450 = 0x83; 455 = 8; 459 = 32; 510 = 0x55; 511 = 0xAA }.GetEnumerator()) { $disk[$at.Key] = $at.Value }
    $raw = Join-Path $files 'disk.raw'
    [IO.File]::WriteAllBytes($raw, $disk)
    $vmdk = Join-Path $files 'disk.vmdk'
    $null = Convert-EcsImageFile $raw $vmdk
}

AfterAll {
    Disconnect-EcsAccount -All | Out-Null
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'Import-EcsImage' {
    BeforeAll {
        $image = Import-EcsImage -Path $vmdk -Name web-2026 -Wait -WarningAction SilentlyContinue
    }

    It 'makes an image of a file in one command' {
        $image.Status | Should -Be 'Available'
        $image.Name | Should -Be 'web-2026'
        $image.SizeGiB | Should -Be 1
        ($image | Get-EcsTask -Action ImportImage).Status | Should -Be 'Finished'
    }

    It 'leaves nothing beside the file' {
        Get-ChildItem -LiteralPath $files -Filter '*.ecsimport*' | Should -BeNullOrEmpty
    }

    It 'shows with -WhatIf what would be sent, and sends nothing' {
        Import-EcsImage -Path $vmdk -Name shown -WhatIf -WarningAction SilentlyContinue
        Get-EcsImage -Name shown | Should -BeNullOrEmpty
    }

    It 'takes files from Get-Item' {
        $imported = Get-Item -LiteralPath $vmdk | Import-EcsImage -Name piped -Wait -WarningAction SilentlyContinue
        $imported.Name | Should -Be 'piped'
    }

    It 'refuses a taken name before a byte moves' {
        $problem = $null
        Import-EcsImage -Path $vmdk -Name web-2026 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidImageName.Duplicated,*'
        $problem[0].CategoryInfo.Category | Should -Be 'ResourceExists'
    }

    It 'finds a file relative to the location of the session, not of the process' {
        Push-Location -LiteralPath $files
        try { (Import-EcsImage ./disk.vmdk -Name relative -Wait -WarningAction SilentlyContinue).Status | Should -Be 'Available' }
        finally { Pop-Location }
    }
}

Describe 'Export-EcsImage' {
    It 'brings back the same disk as <_>' -ForEach 'qcow2', 'vhd', 'vmdk', 'raw' {
        $file = Join-Path $files "back.$_"
        $export = Get-EcsImage -Name web-2026 | Export-EcsImage -Destination $file -Wait
        $export.Path | Should -Be $file
        (Compare-EcsImageFile $raw $file).DifferentBytes | Should -Be 0
    }

    It 'does not replace a file without -Force' {
        $file = Join-Path $files 'precious.raw'
        Set-Content -LiteralPath $file -Value precious
        $problem = $null
        Get-EcsImage -Name web-2026 | Export-EcsImage -Destination $file -Wait -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        Get-Content -LiteralPath $file | Should -Be 'precious'
    }

    It 'begins an export that Wait-EcsTask follows' {
        $export = Get-EcsImage -Name web-2026 | Export-EcsImage -BucketName pester-exports -Prefix web
        ($export | Wait-EcsTask).ObjectKey | Should -BeLike 'web_*_system.raw.tar.gz'
    }
}
